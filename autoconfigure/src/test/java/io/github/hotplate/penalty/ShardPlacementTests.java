package io.github.hotplate.penalty;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ShardPlacement}. The vectors come from fluster and mmh3.
 */
class ShardPlacementTests {

	private static final long SEED = 20260717;

	@ParameterizedTest
	@CsvSource({ "hi,-948991206,0,0", "redis,879894196,0,1", "test,-1167338989,1,2", "foo,-156908512,0,2",
			"bar,1158584717,1,2", "hello,613153351,1,1", "'',0,0,0", "été,865297935,1,0", "ключ,-1705435070,0,1",
			"user:1,-878173121,1,1" })
	void placesAsFluster(String key, int hash, int ofTwo, int ofThree) {
		byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
		assertThat(ShardPlacement.hash(bytes)).isEqualTo(hash);
		assertThat(all(2).select(new ShardPlacement(2).slot(bytes))).isEqualTo(ofTwo);
		assertThat(all(3).select(new ShardPlacement(3).slot(bytes))).isEqualTo(ofThree);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 8, 16, 22 })
	void slotSelectsWhatItsHashWouldSelect(int nodes) {
		Random random = new Random(SEED);
		ShardPlacement placement = new ShardPlacement(nodes);
		for (int i = 0; i < 1_000; i++) {
			ActiveShards active = someActive(nodes, random);
			byte[] key = Long.toString(random.nextLong(), Character.MAX_RADIX).getBytes(StandardCharsets.US_ASCII);
			int slot = placement.slot(key);
			assertThat(slot).isBetween(0, placement.slots() - 1);
			assertThat(active.select(slot)).isEqualTo(active.select(ShardPlacement.hash(key)));
		}
	}

	@ParameterizedTest
	@CsvSource({ "32,7", "100,4" })
	void manyNodesArePlacedAsByFlusterWhileFewAreOut(int nodes, int out) {
		ShardPlacement placement = new ShardPlacement(nodes);
		assertThat(placement.slots()).isPositive();
		assertThat(IntStream.rangeClosed(nodes - out, nodes)).allMatch((left) -> placement.slots() % left == 0);
	}

	@Test
	void slotsAreTheRemaindersThatMatter() {
		assertThat(IntStream.of(1, 2, 3, 4, 5).map((nodes) -> new ShardPlacement(nodes).slots())).containsExactly(1, 2,
				6, 12, 60);
	}

	@ParameterizedTest
	@CsvSource({ "3,6", "10,2520", "11,3960", "12,3960", "32,14880" })
	void slotsCanBeFewer(int nodes, int figures) {
		ShardPlacement placement = new ShardPlacement(nodes);
		assertThat(placement.slots(16_384)).isEqualTo(figures);
		assertThat(placement.slots() % figures).isZero();
		assertThat(figures % nodes).isZero();
	}

	@Test
	void needsNodes() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ShardPlacement(0));
	}

	private static ActiveShards someActive(int nodes, Random random) {
		ActiveShards active = all(nodes);
		int kept = random.nextInt(nodes);
		for (int node = 0; node < nodes; node++) {
			active = active.with(node, node == kept || random.nextBoolean());
		}
		return active;
	}

	private static ActiveShards all(int nodes) {
		List<HostAndPort> addresses = IntStream.range(0, nodes)
			.mapToObj((node) -> new HostAndPort("host", node))
			.toList();
		return ActiveShards.all("foo", addresses);
	}

}
