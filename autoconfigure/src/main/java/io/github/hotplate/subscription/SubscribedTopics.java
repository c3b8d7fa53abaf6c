package io.github.hotplate.subscription;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The topics of one subscription, and what its caller has been told of them. Not
 * thread-safe: guarded by the lock of its subscription.
 */
final class SubscribedTopics {

	private final Inbox inbox;

	private final Set<Topic> wanted = new LinkedHashSet<>();

	// Topics that were never announced to the caller, and since when they are wanted.
	private final Map<Topic, Long> pending = new LinkedHashMap<>();

	private final Set<Topic> announced = new HashSet<>();

	// Announced, although no node serves them yet.
	private final Set<Topic> premature = new HashSet<>();

	/**
	 * Create an instance without topics.
	 * @param inbox takes what the caller is told
	 */
	SubscribedTopics(Inbox inbox) {
		this.inbox = inbox;
	}

	/**
	 * Add topics.
	 * @param kind the kind of names
	 * @param names the channels or patterns
	 * @param now the time, in nanoseconds
	 */
	void add(TopicKind kind, List<byte[]> names, long now) {
		for (byte[] name : names) {
			Topic topic = Topic.of(kind, name);
			if (this.announced.contains(topic)) {
				tell(true, topic, this.announced.size());
			}
			else if (this.wanted.add(topic)) {
				this.pending.put(topic, now);
			}
		}
	}

	/**
	 * Remove topics.
	 * @param kind the kind of names
	 * @param names the channels or patterns; empty for all of the kind
	 */
	void remove(TopicKind kind, List<byte[]> names) {
		List<Topic> unwanted = (names.isEmpty() ? this.wanted.stream().filter((topic) -> topic.kind() == kind)
				: names.stream().map((name) -> Topic.of(kind, name)))
			.toList();
		for (Topic topic : unwanted) {
			this.wanted.remove(topic);
			this.pending.remove(topic);
			this.announced.remove(topic);
			this.premature.remove(topic);
			tell(false, topic, this.wanted.size());
		}
	}

	/**
	 * Tell the caller that every node that is to serve a topic does.
	 * @param topic the topic
	 */
	void announce(Topic topic) {
		this.premature.remove(topic);
		tellSubscribed(topic);
	}

	/**
	 * Tell the caller that it is subscribed, although some node does not serve the topic
	 * yet.
	 * @param topic the topic
	 */
	void announceEarly(Topic topic) {
		this.premature.add(topic);
		tellSubscribed(topic);
	}

	private void tellSubscribed(Topic topic) {
		this.pending.remove(topic);
		this.announced.add(topic);
		tell(true, topic, this.announced.size());
	}

	private void tell(boolean subscribed, Topic topic, int count) {
		this.inbox.addNotice(SubscriptionReplies.change(topic.kind(), subscribed, topic.bytes(), count));
	}

	Set<Topic> wanted() {
		return this.wanted;
	}

	boolean isWanted(Topic topic) {
		return this.wanted.contains(topic);
	}

	/**
	 * Return the topics that were never announced.
	 * @return since when each is wanted, in nanoseconds
	 */
	Map<Topic, Long> pending() {
		return Map.copyOf(this.pending);
	}

	boolean hasPending() {
		return !this.pending.isEmpty();
	}

	void clearPending() {
		this.pending.clear();
	}

	boolean hasAnnounced() {
		return !this.announced.isEmpty();
	}

	boolean hasPremature() {
		return !this.premature.isEmpty();
	}

	/**
	 * Tell whether a topic was served at some time.
	 * @param topic the topic
	 * @return whether a node that serves it from now on does so again
	 */
	boolean wasServed(Topic topic) {
		return this.announced.contains(topic) && !this.premature.contains(topic);
	}

}
