package io.github.hotplate.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.atMost;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link FollowingSubscription}.
 */
class FollowingSubscriptionTests {

	private static final HostAndPort NODE = new HostAndPort("node", 1);

	private static final int MANY = 500;

	private final SubscribingClient client = mock();

	private final Scope scope = mock();

	private final Leg leg = new Leg("foo", NODE, mock(), (address) -> mock(), () -> 0);

	private final FollowingSubscription subscription = new FollowingSubscription(this.client,
			new SubscriptionRules("foo", Duration.ofSeconds(1), false, Duration.ofSeconds(1), Duration.ofSeconds(1)),
			this.scope, mock());

	@BeforeEach
	void oneNode() {
		given(this.scope.home(any())).willReturn(NODE);
		given(this.scope.owner(any())).willReturn(NODE);
		given(this.client.startLeg(any(), any())).willReturn(this.leg);
	}

	@Test
	void topicsOfThousandsAreNotPlacedAgainForEachNewOne() {
		for (int i = 0; i < MANY; i++) {
			this.subscription.subscribe(TopicKind.SHARD, List.of(channel(i)));
		}
		for (int i = 0; i < MANY; i++) {
			this.subscription.unsubscribe(TopicKind.SHARD, List.of(channel(i)));
		}
		verify(this.scope, atMost(2 * MANY)).owner(any());
	}

	@Test
	void topicsThatComeAndGoOneByOneAreOnTheLeg() {
		this.subscription.subscribe(TopicKind.CHANNEL, List.of(channel(0)));
		this.subscription.connected(this.leg);
		this.subscription.subscribe(TopicKind.CHANNEL, List.of(channel(1), channel(2)));
		this.subscription.subscribe(TopicKind.SHARD, List.of(channel(1)));
		this.subscription.unsubscribe(TopicKind.CHANNEL, List.of(channel(0), channel(2)));
		assertThat(this.leg.topics().all()).containsExactlyInAnyOrder(Topic.of(TopicKind.CHANNEL, channel(1)),
				Topic.of(TopicKind.SHARD, channel(1)));
		this.subscription.unsubscribe(TopicKind.CHANNEL, List.of());
		this.subscription.unsubscribe(TopicKind.SHARD, List.of());
		assertThat(this.leg.topics().all()).isEmpty();
	}

	@Test
	@Timeout(10)
	void formerHomeIsHeardForMessagesAndNotForEvents() throws InterruptedException {
		HostAndPort other = new HostAndPort("other", 1);
		Leg successor = new Leg("foo", other, mock(), (address) -> mock(), () -> 0);
		Topic everything = Topic.of(TopicKind.PATTERN, bytes("*"));
		given(this.scope.primaries()).willReturn(List.of(NODE, other));
		given(this.client.startLeg(other, this.subscription)).willReturn(successor);
		this.subscription.subscribe(TopicKind.PATTERN, List.of(everything.bytes()));
		for (Leg each : List.of(this.leg, successor)) {
			this.subscription.connected(each);
			this.subscription.subscribed(each, everything);
		}
		given(this.scope.home(any())).willReturn(other);
		given(this.scope.primaries()).willReturn(List.of(other));
		this.subscription.follow();
		assertThat(this.leg.topics().contains(everything)).isTrue();
		List<Object> event = message("__keyevent@0__:set");
		List<Object> news = message("news");
		this.subscription.received(this.leg, TopicKind.PATTERN, event);
		this.subscription.received(this.leg, TopicKind.PATTERN, news);
		this.subscription.received(successor, TopicKind.PATTERN, news);
		this.subscription.received(successor, TopicKind.PATTERN, event);
		// The confirmation.
		this.subscription.next();
		assertThat(this.subscription.next()).isSameAs(news);
		assertThat(this.subscription.next()).isSameAs(event);
	}

	private static List<Object> message(String channel) {
		return List.of(bytes("pmessage"), bytes("*"), bytes(channel), bytes("text"));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] channel(int number) {
		return bytes("channel:" + number);
	}

}
