package io.github.hotplate.subscription;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopicPlan}.
 */
class TopicPlanTests {

	private static final HostAndPort A = new HostAndPort("a", 1);

	private static final HostAndPort B = new HostAndPort("b", 1);

	private static final HostAndPort C = new HostAndPort("c", 1);

	private final Topic news = topic(TopicKind.CHANNEL, "news");

	private final Topic events = topic(TopicKind.PATTERN, "__keyevent@*");

	private final Topic shard = topic(TopicKind.SHARD, "news");

	@Test
	void ordinaryChannelIsAtHome() {
		TopicPlan plan = plan(null, this.news);
		assertThat(plan.home()).isEqualTo(A);
		assertThat(plan.topics()).containsOnlyKeys(A);
	}

	@Test
	void homeStaysWhileItIsPrimary() {
		assertThat(plan(B, this.news).topics()).containsOnlyKeys(B);
		assertThat(plan(C, this.news).topics()).containsOnlyKeys(A);
	}

	@Test
	void eventsAreOnEveryPrimary() {
		TopicPlan plan = plan(null, this.news, this.events);
		assertThat(plan.nodesOf(this.events)).containsExactlyInAnyOrder(A, B);
		assertThat(plan.nodesOf(this.news)).containsExactly(A);
	}

	@Test
	void topicsAreAddedUnlessHomeIsAnother() {
		TopicPlan plan = plan(null, this.news);
		assertThat(plan.add(plan(A, this.events))).isTrue();
		assertThat(plan.add(plan(A, this.shard))).isTrue();
		assertThat(plan.nodesOf(this.events)).containsExactlyInAnyOrder(A, B);
		assertThat(plan.of(B)).containsExactlyInAnyOrder(this.events, this.shard);
		assertThat(plan.add(plan(B, this.news))).isFalse();
		assertThat(TopicPlan.NONE.add(plan(null, this.shard))).isFalse();
	}

	@Test
	void topicsAreRemovedUntilNodeHasNoneLeft() {
		TopicPlan plan = plan(null, this.news, this.events, this.shard);
		assertThat(plan.remove(List.of(this.events))).isTrue();
		assertThat(plan.nodesOf(this.events)).isEmpty();
		assertThat(plan.remove(List.of(this.news))).isFalse();
	}

	@Test
	void shardChannelIsWhereItsSlotIs() {
		TopicPlan plan = plan(null, this.shard);
		assertThat(plan.home()).isNull();
		assertThat(plan.of(B)).containsExactly(this.shard);
		assertThat(plan.of(A)).isEmpty();
	}

	private static TopicPlan plan(@Nullable HostAndPort home, Topic... topics) {
		return TopicPlan.of(Set.of(topics), new TwoPrimaries(), home);
	}

	private static Topic topic(TopicKind kind, String name) {
		return Topic.of(kind, name.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A and B are primaries, and B has all slots of shard channels.
	 */
	private static final class TwoPrimaries implements Scope {

		@Override
		public HostAndPort home(@Nullable HostAndPort current) {
			return (current != null && primaries().contains(current)) ? current : A;
		}

		@Override
		public List<HostAndPort> primaries() {
			return List.of(A, B);
		}

		@Override
		public HostAndPort owner(byte[] channel) {
			return B;
		}

	}

}
