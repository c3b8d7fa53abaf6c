package io.github.hotplate.subscription;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The time in which two nodes are subscribed to the same channels, since one of them is
 * about to be left. A message reaches them at different times, so each is matched with
 * its copy by its content: what the old node has sent is passed on at once, and what only
 * the new node has sent waits until the old one is left. So no message is lost or passed
 * on twice, unless the nodes of a cluster are further apart than the time that both are
 * listened to. Not thread-safe.
 */
final class Handover {

	/**
	 * So many messages are kept at most.
	 */
	private static final int CAPACITY = 10_000;

	private final HostAndPort from;

	private final HostAndPort to;

	// How many copies of a message the old node has sent and the new one has not.
	private final Map<Content, Integer> passedOn = new HashMap<>();

	private final Map<Content, Deque<Long>> numbers = new HashMap<>();

	private final Map<Long, List<?>> waiting = new LinkedHashMap<>();

	private long number;

	private boolean open;

	private @Nullable Long lastQuestion;

	private boolean full;

	private boolean over;

	Handover(HostAndPort from, HostAndPort to) {
		this.from = from;
		this.to = to;
	}

	HostAndPort from() {
		return this.from;
	}

	boolean isFrom(HostAndPort node) {
		return this.from.equals(node);
	}

	boolean isTo(HostAndPort node) {
		return this.to.equals(node);
	}

	/**
	 * Note that the new node may be asked to subscribe: messages that the old one has
	 * passed on long enough ago will not arrive anymore.
	 */
	void open() {
		this.open = true;
	}

	boolean isOpen() {
		return this.open;
	}

	/**
	 * Tell whether the old node has sent all that the new one has not, and the listener
	 * has room for it. The first call asks.
	 * @param old the leg of the old node
	 * @return whether the old node may be left
	 */
	boolean hasAllOf(Leg old) {
		Long question = this.lastQuestion;
		if (question == null) {
			this.lastQuestion = old.ask();
			return false;
		}
		return old.hasAnswered(question);
	}

	boolean isOver() {
		return this.over;
	}

	/**
	 * Tell whether so much is kept that the handover should come to its end.
	 * @return whether there is no more room
	 */
	boolean isFull() {
		return this.passedOn.size() + this.waiting.size() >= CAPACITY;
	}

	/**
	 * Tell, once, that so much is kept that the handover should come to its end.
	 * @return whether there is no more room since the last call
	 */
	boolean hasFilledUp() {
		boolean before = this.full;
		this.full = isFull();
		return this.full && !before && !this.over;
	}

	/**
	 * Take a message of the old node, which is passed on.
	 * @param message the message
	 */
	void fromOld(List<?> message) {
		Content content = Content.of(message);
		Deque<Long> copies = this.numbers.get(content);
		if (copies == null) {
			this.passedOn.merge(content, 1, Integer::sum);
			return;
		}
		this.waiting.remove(copies.poll());
		if (copies.isEmpty()) {
			this.numbers.remove(content);
		}
	}

	/**
	 * Take a message of the new node.
	 * @param message the message
	 * @return whether to pass it on now
	 */
	boolean fromNew(List<?> message) {
		Content content = Content.of(message);
		if (this.passedOn.containsKey(content)) {
			this.passedOn.computeIfPresent(content, (key, count) -> (count > 1) ? count - 1 : null);
			return false;
		}
		if (!this.over) {
			this.numbers.computeIfAbsent(content, (key) -> new ArrayDeque<>()).add(++this.number);
			this.waiting.put(this.number, message);
		}
		return this.over;
	}

	/**
	 * Leave the old node. What it has passed on is still remembered.
	 * @return the messages that it has not sent, to be passed on now
	 */
	Collection<List<?>> end() {
		this.over = true;
		Collection<List<?>> rest = List.copyOf(this.waiting.values());
		this.waiting.clear();
		this.numbers.clear();
		return rest;
	}

	/**
	 * What makes two messages copies of each other.
	 *
	 * @param parts the kind of message, the pattern if any, the channel and the body
	 */
	private record Content(List<Object> parts) {

		static Content of(List<?> message) {
			return new Content(message.stream()
				.map((part) -> (part instanceof byte[] bytes) ? (Object) ByteBuffer.wrap(bytes) : part)
				.toList());
		}

	}

}
