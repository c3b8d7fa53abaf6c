package io.github.hotplate.routing;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ReadPreference;
import io.github.hotplate.support.Randoms;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/**
 * Tests for {@link ReadRouting}.
 */
class ReadRoutingTests {

	private static final int FEW = 100;

	private static final int MANY = 9_000;

	/**
	 * Ten standard deviations of a third of many draws.
	 */
	private static final Offset<Integer> TOLERANCE = within(450);

	private static final HostAndPort PRIMARY = TestTopology.address(1);

	private static final HostAndPort REPLICA_1 = TestTopology.address(2);

	private static final HostAndPort REPLICA_2 = TestTopology.address(3);

	private final ReplicaWatch replicas = mock(withSettings().stubOnly());

	private final Shard shard = TestTopology.shard(1, 2, 3);

	@Test
	void primaryAnswersByDefault() {
		fit(REPLICA_1, REPLICA_2);
		assertThat(draw(ReadPreference.PRIMARY, FEW)).containsOnlyKeys(PRIMARY);
	}

	@Test
	void anySpreadsEvenlyOverAll() {
		fit(REPLICA_1, REPLICA_2);
		Map<HostAndPort, Integer> draws = draw(ReadPreference.ANY, MANY);
		assertThat(draws).containsOnlyKeys(PRIMARY, REPLICA_1, REPLICA_2);
		assertThat(draws.values()).allSatisfy((share) -> assertThat(share).isCloseTo(MANY / 3, TOLERANCE));
	}

	@ParameterizedTest
	@EnumSource(names = { "REPLICA", "REPLICA_PREFERRED" })
	void replicasShareEvenly(ReadPreference preference) {
		fit(REPLICA_1, REPLICA_2);
		Map<HostAndPort, Integer> draws = draw(preference, MANY);
		assertThat(draws).containsOnlyKeys(REPLICA_1, REPLICA_2);
		assertThat(draws.values()).allSatisfy((share) -> assertThat(share).isCloseTo(MANY / 2, TOLERANCE));
	}

	@Test
	void unfitReplicaIsSkipped() {
		fit(REPLICA_2);
		assertThat(draw(ReadPreference.ANY, FEW)).containsOnlyKeys(PRIMARY, REPLICA_2);
		assertThat(draw(ReadPreference.REPLICA, FEW)).containsOnlyKeys(REPLICA_2);
		assertThat(draw(ReadPreference.REPLICA_PREFERRED, FEW)).containsOnlyKeys(REPLICA_2);
	}

	@ParameterizedTest
	@EnumSource
	void primaryAnswersWhereNoReplicaIsFit(ReadPreference preference) {
		assertThat(draw(preference, FEW)).containsOnlyKeys(PRIMARY);
	}

	@ParameterizedTest
	@EnumSource
	void primaryAnswersWhereThereIsNoReplica(ReadPreference preference) {
		assertThat(new ReadRouting(preference, this.replicas, Randoms::index).select(TestTopology.shard(1)))
			.isEqualTo(PRIMARY);
	}

	@Test
	void nearestAnswersFastest() {
		fit(REPLICA_1, REPLICA_2);
		given(this.replicas.roundTrip(PRIMARY)).willReturn(300.0);
		given(this.replicas.roundTrip(REPLICA_1)).willReturn(200.0);
		given(this.replicas.roundTrip(REPLICA_2)).willReturn(100.0);
		assertThat(draw(ReadPreference.NEAREST, FEW)).containsOnlyKeys(REPLICA_2);
		fit(REPLICA_1);
		assertThat(draw(ReadPreference.NEAREST, FEW)).containsOnlyKeys(REPLICA_1);
		given(this.replicas.roundTrip(PRIMARY)).willReturn(50.0);
		assertThat(draw(ReadPreference.NEAREST, FEW)).containsOnlyKeys(PRIMARY);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REPLICA")
	void primaryAnswersAfterFailure(ReadPreference preference) {
		fit(REPLICA_2);
		assertThat(new ReadRouting(preference, this.replicas, Randoms::index).selectAfterFailure(this.shard))
			.isEqualTo(PRIMARY);
	}

	@Test
	void otherReplicaAnswersAfterFailureWherePrimaryShallNot() {
		fit(REPLICA_2);
		assertThat(
				new ReadRouting(ReadPreference.REPLICA, this.replicas, Randoms::index).selectAfterFailure(this.shard))
			.isEqualTo(REPLICA_2);
	}

	private void fit(HostAndPort... replicas) {
		for (HostAndPort replica : new HostAndPort[] { REPLICA_1, REPLICA_2 }) {
			given(this.replicas.isFit(replica)).willReturn(Stream.of(replicas).anyMatch(replica::equals));
		}
	}

	private Map<HostAndPort, Integer> draw(ReadPreference preference, int times) {
		ReadRouting routing = new ReadRouting(preference, this.replicas, Randoms::index);
		return Stream.generate(() -> routing.select(this.shard))
			.limit(times)
			.collect(Collectors.groupingBy(Function.identity(), Collectors.summingInt((node) -> 1)));
	}

}
