package io.github.hotplate.sharding;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.penalty.ActiveShards;
import io.github.hotplate.penalty.ClusterEmptyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link ScoreMerge}.
 */
class ScoreMergeTests {

	private static final List<HostAndPort> NODES = List.of(new HostAndPort("a", 1), new HostAndPort("b", 2),
			new HostAndPort("c", 3));

	private ActiveShards active = ActiveShards.all("foo", NODES);

	@Test
	void highestScoreOfMemberWins() {
		MergedScores<String> merged = merge(holds("x", 1, "y", 5), holds("x", 3, "y", 2), holds("z", 4));
		assertThat(merged.scores()).containsExactly(entry("y", 5L), entry("z", 4L), entry("x", 3L));
		assertThat(merged.isComplete()).isTrue();
	}

	@Test
	void negativeScoresStayNegative() {
		assertThat(merge(holds("x", -7, "y", -1), holds("x", -3), holds()).scores()).containsExactly(entry("y", -1L),
				entry("x", -3L));
	}

	@Test
	void scoresBecomeWholeNumbers() {
		assertThat(merge(holds("x", 2.9, "y", -2.9), holds("z", 9_007_199_254_740_992.0),
				holds("inf", Double.POSITIVE_INFINITY))
			.scores()).isEqualTo(Map.of("x", 2L, "y", -2L, "z", 9_007_199_254_740_992L, "inf", Long.MAX_VALUE));
	}

	@Test
	void deadNodeIsSkippedAndReported() {
		MergedScores<String> merged = merge(holds("x", 1), down(), holds("x", 2));
		assertThat(merged.scores()).containsExactly(entry("x", 2L));
		assertThat(merged.missing()).containsExactly(NODES.get(1));
		assertThat(merged.isComplete()).isFalse();
	}

	@Test
	void nodeInPenaltyBoxIsNotAskedAndReported() {
		this.active = this.active.with(0, false);
		MergedScores<String> merged = merge(() -> {
			throw new AssertionError("asked");
		}, holds("x", 1), down());
		assertThat(merged.scores()).containsExactly(entry("x", 1L));
		assertThat(merged.missing()).containsExactly(NODES.get(0), NODES.get(2));
	}

	@Test
	void otherErrorsReachTheCaller() {
		assertThatIllegalStateException().isThrownBy(() -> merge(holds("x", 1), () -> {
			throw new IllegalStateException("WRONGTYPE");
		}, holds("x", 1))).withMessage("WRONGTYPE");
	}

	@Test
	void nothingIsMergedWhenAllAreDown() {
		this.active = this.active.with(0, false);
		assertThatExceptionOfType(ClusterEmptyException.class).isThrownBy(() -> merge(holds("x", 1), down(), down()))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(2));
	}

	@Test
	void emptySetsAreEmpty() {
		assertThat(merge(holds(), holds(), holds()).scores()).isEmpty();
	}

	private MergedScores<String> merge(Supplier<Set<TypedTuple<String>>> first,
			Supplier<Set<TypedTuple<String>>> second, Supplier<Set<TypedTuple<String>>> third) {
		return new ScoreMerge<>("foo", new ShardedClients<>(List.of(first, second, third), () -> this.active),
				RedisConnectionFailureException.class::isInstance)
			.merge(Supplier::get);
	}

	private static Supplier<Set<TypedTuple<String>>> down() {
		return () -> {
			throw new RedisConnectionFailureException("staged");
		};
	}

	private static Supplier<Set<TypedTuple<String>>> holds() {
		return Set::of;
	}

	private static Supplier<Set<TypedTuple<String>>> holds(String member, double score) {
		return () -> Set.of(TypedTuple.of(member, score));
	}

	private static Supplier<Set<TypedTuple<String>>> holds(String first, double firstScore, String second,
			double secondScore) {
		return () -> Set.of(TypedTuple.of(first, firstScore), TypedTuple.of(second, secondScore));
	}

}
