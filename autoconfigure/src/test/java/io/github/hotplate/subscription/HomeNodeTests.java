package io.github.hotplate.subscription;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HomeNode}.
 */
class HomeNodeTests {

	private static final HostAndPort OLD = new HostAndPort("old", 1);

	private static final HostAndPort NEW = new HostAndPort("new", 1);

	private static final Topic NEWS = Topic.of(TopicKind.CHANNEL, bytes("news"));

	private static final byte[] MESSAGE = bytes("message");

	private final Inbox inbox = new Inbox();

	private final SubscribedTopics topics = new SubscribedTopics(this.inbox);

	private final Legs legs = new Legs();

	private final Deque<BooleanSupplier> steps = new ArrayDeque<>();

	private final HomeNode home = new HomeNode(this.legs, this.topics, this.inbox,
			(step, delay) -> this.steps.add(step));

	@BeforeEach
	void liveOnOldNode() {
		this.topics.add(TopicKind.CHANNEL, List.of(NEWS.bytes()), 0);
		choose(OLD);
		serve(OLD);
		this.home.settle(OLD);
	}

	@Test
	void onlyHomeIsHeard() {
		assertThat(this.home.isFirstCopy(OLD, message("a"))).isTrue();
		assertThat(this.home.isFirstCopy(NEW, message("a"))).isFalse();
	}

	@Test
	void newNodeIsAskedAfterFirstStepAndHeardAloneAfterSecond() throws InterruptedException {
		choose(NEW);
		this.legs.add(leg(NEW));
		assertThat(this.home.isHandedOverTo(NEW)).isTrue();
		assertThat(this.home.isReadyFor(NEWS)).isFalse();
		assertThat(nextStep()).isTrue();
		assertThat(this.home.isReadyFor(NEWS)).isTrue();
		serve(NEW);
		assertThat(this.home.isFirstCopy(OLD, message("both"))).isTrue();
		assertThat(this.home.isFirstCopy(NEW, message("both"))).isFalse();
		assertThat(this.home.isFirstCopy(NEW, message("new only"))).isFalse();
		assertThat(nextStep()).isTrue();
		assertThat(this.inbox.take()).isEqualTo(message("new only"));
		assertThat(this.home.isHandedOverTo(NEW)).isFalse();
		assertThat(this.home.isFirstCopy(NEW, message("later"))).isTrue();
		assertThat(this.legs.on(OLD)).isNull();
	}

	@Test
	void handoverWaitsForConfirmation() {
		choose(NEW);
		Leg successor = leg(NEW);
		this.legs.add(successor);
		this.home.isHandedOverTo(NEW);
		nextStep();
		successor.topics().add(List.of(NEWS), false);
		assertThat(nextStep()).isFalse();
		assertThat(this.legs.on(OLD)).isNotNull();
		successor.topics().confirm(NEWS);
		assertThat(nextStep()).isTrue();
		assertThat(this.legs.on(OLD)).isNull();
	}

	@Test
	void lossOfOldNodeEndsHandover() {
		choose(NEW);
		this.legs.add(leg(NEW));
		this.home.isHandedOverTo(NEW);
		this.legs.remove(Objects.requireNonNull(this.legs.on(OLD)));
		this.home.lose(OLD);
		assertThat(this.home.isHandedOverTo(NEW)).isFalse();
		assertThat(this.home.isFirstCopy(NEW, message("a"))).isTrue();
	}

	@Test
	void oldNodeGoesOnWhenNewOneIsLost() {
		choose(NEW);
		this.legs.add(leg(NEW));
		this.home.isHandedOverTo(NEW);
		this.home.lose(NEW);
		assertThat(this.home.node()).isNull();
		assertThat(this.home.isFirstCopy(OLD, message("a"))).isTrue();
		nextStep();
		assertThat(nextStep()).isFalse();
	}

	private boolean nextStep() {
		return this.steps.remove().getAsBoolean();
	}

	private void choose(HostAndPort node) {
		this.legs.plan(new TopicPlan(node, Map.of(node, Set.of(NEWS))));
		this.home.choose(node);
	}

	private void serve(HostAndPort node) {
		Leg leg = this.legs.on(node);
		if (leg == null) {
			leg = leg(node);
			this.legs.add(leg);
		}
		leg.topics().add(List.of(NEWS), false);
		leg.topics().confirm(NEWS);
	}

	private static Leg leg(HostAndPort node) {
		return new Leg("foo", node, mock(), (address) -> mock(), () -> 0);
	}

	private static List<?> message(String text) {
		return List.of(MESSAGE, NEWS.bytes(), text);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
