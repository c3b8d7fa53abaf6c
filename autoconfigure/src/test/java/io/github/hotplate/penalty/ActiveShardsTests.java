package io.github.hotplate.penalty;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ActiveShards}.
 */
class ActiveShardsTests {

	private final ActiveShards all = ActiveShards.all("foo",
			List.of(new HostAndPort("a", 1), new HostAndPort("b", 2), new HostAndPort("c", 3)));

	@Test
	void keysOfHealthyNodesStay() {
		ActiveShards withoutSecond = this.all.with(1, false);
		assertThat(IntStream.range(-600, 600).filter((hash) -> Math.floorMod(hash, 3) != 1))
			.allMatch((hash) -> withoutSecond.select(hash) == this.all.select(hash));
	}

	@Test
	void keysOfNodeThatIsOutAreSpreadOverTheOthersInOrder() {
		ActiveShards withoutSecond = this.all.with(1, false);
		assertThat(IntStream.of(1, 4, 7, 10, -2, -5).map(withoutSecond::select)).containsExactly(2, 0, 2, 0, 0, 2);
	}

	@Test
	void keysReturnWithTheirNode() {
		ActiveShards returned = this.all.with(1, false).with(0, false).with(1, true).with(0, true);
		assertThat(IntStream.range(-600, 600)).allMatch((hash) -> returned.select(hash) == this.all.select(hash));
	}

	@Test
	void snapshotDoesNotChange() {
		this.all.with(1, false);
		assertThat(this.all.isActive(1)).isTrue();
		assertThat(this.all.activeCount()).isEqualTo(3);
	}

	@Test
	void nothingIsSelectedWhenAllAreDown() {
		ActiveShards none = this.all.with(0, false).with(1, false).with(2, false);
		assertThat(none.activeCount()).isZero();
		assertThat(none.active()).isEmpty();
		assertThatExceptionOfType(ClusterEmptyException.class).isThrownBy(() -> none.select(0))
			.withMessage("Client 'foo' has ejected all its servers and is probing them. "
					+ "Check that the servers in foo.url are running")
			.isInstanceOf(DataAccessResourceFailureException.class);
	}

	@Test
	void lastNodeTakesAll() {
		ActiveShards last = this.all.with(0, false).with(2, false);
		assertThat(last.active()).containsExactly(1);
		assertThat(IntStream.range(-100, 100)).allMatch((hash) -> last.select(hash) == 1);
	}

	@Test
	void needsNodes() {
		assertThatIllegalArgumentException().isThrownBy(() -> ActiveShards.all("foo", List.of()));
	}

	@Test
	void showsHowManyAreInUse() {
		assertThat(this.all.with(1, false)).hasToString("2 of 3 nodes");
	}

}
