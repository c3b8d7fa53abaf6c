package io.github.hotplate.subscription;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

import redis.clients.jedis.CommandArguments;

/**
 * The topics of one leg, and how far its node has confirmed them. Not thread-safe:
 * guarded by the lock of the subscription.
 */
final class LegTopics {

	private final Consumer<CommandArguments> commands;

	private final Set<Topic> all = new HashSet<>();

	// In the order in which they were asked for.
	private final Set<Topic> unconfirmed = new LinkedHashSet<>();

	private final Set<Topic> leaving = new HashSet<>();

	private boolean renewal;

	/**
	 * Create an instance without topics.
	 * @param commands notes what is to be sent to the node
	 */
	LegTopics(Consumer<CommandArguments> commands) {
		this.commands = commands;
	}

	/**
	 * Return the topics that the node was asked for and has not lost.
	 * @return the topics, confirmed or not
	 */
	Set<Topic> all() {
		return this.all;
	}

	boolean contains(Topic topic) {
		return this.all.contains(topic);
	}

	boolean isConfirmed(Topic topic) {
		return this.all.contains(topic) && !this.unconfirmed.contains(topic);
	}

	boolean areConfirmed() {
		return this.unconfirmed.isEmpty();
	}

	/**
	 * Tell whether another leg has served some of the topics before.
	 * @return whether the node serves them again, rather than for the first time
	 */
	boolean isRenewal() {
		return this.renewal;
	}

	/**
	 * Add topics to serve.
	 * @param added the topics
	 * @param again whether another leg has served them before
	 */
	void add(Collection<Topic> added, boolean again) {
		this.renewal = again || (this.renewal && !this.unconfirmed.isEmpty());
		this.all.addAll(added);
		this.unconfirmed.addAll(added);
		for (TopicKind kind : TopicKind.values()) {
			CommandArguments command = new CommandArguments(kind.subscribe());
			boolean empty = true;
			for (Topic topic : added) {
				if (topic.kind() != kind) {
					continue;
				}
				if (kind == TopicKind.SHARD) {
					// The channels of one command must have one slot.
					this.commands.accept(new CommandArguments(kind.subscribe()).add(topic.bytes()));
				}
				else {
					command.add(topic.bytes());
					empty = false;
				}
			}
			if (!empty) {
				this.commands.accept(command);
			}
		}
	}

	/**
	 * Take topics away.
	 * @param retired the topics, which the leg may or may not have
	 */
	void retire(Collection<Topic> retired) {
		for (Topic topic : retired) {
			if (this.all.remove(topic)) {
				this.unconfirmed.remove(topic);
				this.leaving.add(topic);
				this.commands.accept(new CommandArguments(topic.kind().unsubscribe()).add(topic.bytes()));
			}
		}
	}

	/**
	 * Note that the node has confirmed a topic.
	 * @param topic the topic
	 * @return whether it was still to be confirmed
	 */
	boolean confirm(Topic topic) {
		return this.unconfirmed.remove(topic);
	}

	/**
	 * Note that the node does not serve a topic anymore. A node ends subscriptions to the
	 * channels of a slot that it has handed over.
	 * @param topic the topic
	 * @return whether it was still to be served: a shard channel that the node was not
	 * asked to end
	 */
	boolean lose(Topic topic) {
		boolean asked = this.leaving.remove(topic);
		if (asked || topic.kind() != TopicKind.SHARD || !this.all.remove(topic)) {
			return false;
		}
		this.unconfirmed.remove(topic);
		return true;
	}

	/**
	 * Note that the node has refused a topic. The error does not name it, but answers
	 * come in order, and a node has reason to refuse shard channels only.
	 * @return whether there was a shard channel still to be confirmed
	 */
	boolean loseRefused() {
		for (Topic topic : this.unconfirmed) {
			if (topic.kind() == TopicKind.SHARD) {
				this.all.remove(topic);
				this.unconfirmed.remove(topic);
				return true;
			}
		}
		return false;
	}

}
