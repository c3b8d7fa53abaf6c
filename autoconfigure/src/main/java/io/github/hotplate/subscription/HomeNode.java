package io.github.hotplate.subscription;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The node that serves the ordinary channels and patterns of a subscription, and the move
 * to the next such node: in a {@link Handover} while the old one is still there,
 * otherwise at once. Not thread-safe: guarded by the lock of its subscription. Sends
 * nothing and waits for nothing.
 */
final class HomeNode {

	/**
	 * How far apart the nodes of a cluster may be in passing on a message.
	 */
	private static final Duration SKEW = Duration.ofMillis(250);

	/**
	 * How long copies of messages are recognized after the old node was left.
	 */
	private static final Duration MEMORY = Duration.ofSeconds(2);

	private final Legs legs;

	private final SubscribedTopics topics;

	private final Inbox inbox;

	private final Steps steps;

	private @Nullable HostAndPort node;

	// The node whose messages on ordinary channels count.
	private @Nullable HostAndPort voice;

	private @Nullable Handover handover;

	/**
	 * Create an instance without a node.
	 * @param legs the legs of the subscription
	 * @param topics its topics
	 * @param inbox takes messages that have waited for the end of a handover
	 * @param steps runs the steps of a handover
	 */
	HomeNode(Legs legs, SubscribedTopics topics, Inbox inbox, Steps steps) {
		this.legs = legs;
		this.topics = topics;
		this.inbox = inbox;
		this.steps = steps;
	}

	/**
	 * Return the node.
	 * @return the node, or {@code null} if it was lost or none is needed
	 */
	@Nullable HostAndPort node() {
		return this.node;
	}

	/**
	 * Choose the node, which may still have to be connected.
	 * @param chosen the node, or {@code null} if none is needed
	 */
	void choose(@Nullable HostAndPort chosen) {
		this.node = chosen;
	}

	/**
	 * Tell whether topics may come and go without regard to others.
	 * @return whether the chosen node is the one that is heard, and no handover is under
	 * way
	 */
	boolean isSettled() {
		return Objects.equals(this.node, this.voice) && (this.handover == null || this.handover.isOver());
	}

	/**
	 * Begin a handover to a connected node, or go on with it.
	 * @param successor the node
	 * @return whether it is the chosen one and the old one is listened to for a while
	 */
	boolean isHandedOverTo(HostAndPort successor) {
		HostAndPort old = this.voice;
		if (!successor.equals(this.node) || old == null || old.equals(successor)) {
			return false;
		}
		Leg left = this.legs.on(old);
		if (left == null || left.topics().all().stream().noneMatch(Topic::mayHearMessages)) {
			return false;
		}
		if (this.handover == null || this.handover.isOver() || !this.handover.isTo(successor)) {
			Handover begun = new Handover(old, successor);
			this.handover = begun;
			this.steps.later(() -> open(begun), SKEW);
		}
		return true;
	}

	/**
	 * Tell whether the new node may be asked for a topic during a handover. Events of
	 * keys come from it alone.
	 * @param topic the topic
	 * @return whether it may be asked now
	 */
	boolean isReadyFor(Topic topic) {
		return !topic.mayHearMessages() || topic.mayHearKeyEvents() || Objects.requireNonNull(this.handover).isOpen();
	}

	/**
	 * Tell whether a node must stay subscribed although it is no primary anymore.
	 * @param former the node
	 * @param topic the topic
	 * @return whether its messages on ordinary channels count until another takes over
	 */
	boolean keeps(HostAndPort former, Topic topic) {
		return former.equals(this.voice) && topic.mayHearMessages();
	}

	/**
	 * Note that a node was asked for all topics that it is to serve, without a handover.
	 * @param asked the node
	 */
	void settle(HostAndPort asked) {
		if (!asked.equals(this.node)) {
			return;
		}
		this.voice = asked;
		if (this.handover != null && !this.handover.isOver()) {
			this.handover = null;
		}
	}

	private boolean open(Handover begun) {
		begun.open();
		// The new node has confirmed long before.
		this.steps.later(() -> end(begun), SKEW.plus(SKEW));
		return true;
	}

	private boolean end(Handover begun) {
		HostAndPort chosen = this.node;
		if (this.handover != begun || begun.isOver() || chosen == null || !begun.isTo(chosen)) {
			return false;
		}
		Leg successor = this.legs.on(chosen);
		if (successor == null || !successor.topics().all().containsAll(this.legs.plannedOn(chosen))
				|| !successor.topics().areConfirmed()) {
			this.steps.later(() -> end(begun), SKEW);
			return false;
		}
		Leg left = this.legs.on(begun.from());
		// The listener may be slow, and the old node has what was published before the
		// new one was subscribed to.
		if (left != null && !begun.isFull() && !begun.hasAllOf(left)) {
			this.steps.later(() -> end(begun), SKEW);
			return true;
		}
		finish(begun);
		this.legs.takeFromOthers(successor.topics().all());
		this.voice = chosen;
		this.legs.closeIdle();
		this.steps.later(() -> forget(begun), MEMORY);
		return true;
	}

	private void finish(Handover begun) {
		for (List<?> message : begun.end()) {
			if (this.topics.isWanted(Topic.of(kindOf(message), (byte[]) message.get(1)))) {
				this.inbox.addNotice(message);
			}
		}
	}

	private static TopicKind kindOf(List<?> message) {
		return TopicKind.PATTERN.isMessage((byte[]) message.get(0)) ? TopicKind.PATTERN : TopicKind.CHANNEL;
	}

	private boolean forget(Handover done) {
		if (this.handover == done) {
			this.handover = null;
		}
		return false;
	}

	/**
	 * Note that a node was lost.
	 * @param lost the node, which may be any
	 */
	void lose(HostAndPort lost) {
		if (lost.equals(this.node)) {
			this.node = null;
		}
		Handover begun = this.handover;
		if (begun == null || begun.isOver()) {
			return;
		}
		if (begun.isFrom(lost)) {
			finish(begun);
			this.voice = this.node;
		}
		else if (begun.isTo(lost)) {
			// The old node goes on, and sends what waits.
			this.handover = null;
		}
	}

	/**
	 * Take a message on an ordinary channel.
	 * @param sender the node that has sent it
	 * @param message the message
	 * @return whether to pass it on now; a copy is not passed on
	 */
	boolean isFirstCopy(HostAndPort sender, List<?> message) {
		Handover begun = this.handover;
		if (begun == null || (!begun.isTo(sender) && !begun.isFrom(sender))) {
			return sender.equals(this.voice);
		}
		if (begun.hasFilledUp()) {
			this.steps.later(() -> end(begun), Duration.ZERO);
		}
		if (begun.isTo(sender)) {
			// A primary may have been listened to before, for events of keys.
			return (begun.isOpen() || begun.isOver()) && begun.fromNew(message);
		}
		boolean first = sender.equals(this.voice);
		if (first) {
			begun.fromOld(message);
		}
		return first;
	}

	/**
	 * Runs the steps of a handover.
	 */
	@FunctionalInterface
	interface Steps {

		/**
		 * Run a step later, under the lock of the subscription.
		 * @param step takes the step and returns whether topics may have to move
		 * @param delay when to run it
		 */
		void later(BooleanSupplier step, Duration delay);

	}

}
