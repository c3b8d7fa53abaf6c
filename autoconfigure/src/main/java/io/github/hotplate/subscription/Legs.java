package io.github.hotplate.subscription;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The legs of one subscription, at most one for each node, and the plan that they follow.
 * Not thread-safe: guarded by the lock of its subscription. Sends nothing: a leg notes
 * what it is to send.
 */
final class Legs {

	private final Map<HostAndPort, Leg> legs = new HashMap<>();

	private TopicPlan plan = TopicPlan.NONE;

	void plan(TopicPlan plan) {
		this.plan = plan;
	}

	Collection<HostAndPort> plannedNodes() {
		return this.plan.topics().keySet();
	}

	Collection<Topic> plannedOn(HostAndPort node) {
		return this.plan.of(node);
	}

	void add(Leg leg) {
		this.legs.put(leg.node(), leg);
	}

	void remove(Leg leg) {
		this.legs.remove(leg.node());
	}

	/**
	 * Tell whether a leg is in use.
	 * @param leg the leg
	 * @return {@code false} if it was removed or replaced
	 */
	boolean contains(Leg leg) {
		return this.legs.get(leg.node()) == leg;
	}

	@Nullable Leg on(HostAndPort node) {
		return this.legs.get(node);
	}

	List<Leg> connected() {
		return this.legs.values().stream().filter(Leg::isConnected).toList();
	}

	List<Leg> all() {
		return List.copyOf(this.legs.values());
	}

	/**
	 * Take away topics that nobody wants, and events of keys from nodes that are no
	 * primaries anymore. Other topics stay until another node is ready for them.
	 * @param wanted tells the topics that the caller wants
	 */
	void retireTopics(Predicate<Topic> wanted) {
		for (Leg leg : this.legs.values()) {
			leg.topics()
				.retire(leg.topics()
					.all()
					.stream()
					.filter((topic) -> !wanted.test(topic)
							|| (topic.mayHearKeyEvents() && !this.plan.contains(leg.node(), topic)))
					.toList());
		}
	}

	/**
	 * Take topics away from nodes that are not to serve them.
	 * @param topics topics for which another node is ready
	 */
	void takeFromOthers(Collection<Topic> topics) {
		for (Leg leg : this.legs.values()) {
			leg.topics().retire(topics.stream().filter((topic) -> !this.plan.contains(leg.node(), topic)).toList());
		}
	}

	/**
	 * Close the legs that serve nothing, and are not to.
	 */
	void closeIdle() {
		this.legs.values().removeIf((leg) -> {
			boolean idle = leg.topics().all().isEmpty() && this.plan.of(leg.node()).isEmpty();
			if (idle) {
				leg.close();
			}
			return idle;
		});
	}

	/**
	 * Tell whether every node serves what it is to serve.
	 * @return whether no message can be missed
	 */
	boolean serveAll() {
		return this.plan.topics()
			.entrySet()
			.stream()
			.allMatch((entry) -> entry.getValue().stream().allMatch((topic) -> isServedBy(entry.getKey(), topic)));
	}

	/**
	 * Tell whether every node that is to serve a topic does.
	 * @param topic the topic
	 * @return whether no message of it can be missed
	 */
	boolean serve(Topic topic) {
		return this.plan.nodesOf(topic).stream().allMatch((node) -> isServedBy(node, topic));
	}

	private boolean isServedBy(HostAndPort node, Topic topic) {
		Leg leg = this.legs.get(node);
		return leg != null && leg.topics().isConfirmed(topic);
	}

	/**
	 * Tell whether any node serves a topic.
	 * @param topic the topic
	 * @return whether some messages of it can arrive
	 */
	boolean servePart(Topic topic) {
		return this.legs.values().stream().anyMatch((leg) -> leg.topics().isConfirmed(topic));
	}

	void closeAll() {
		this.legs.values().forEach(Leg::close);
		this.legs.clear();
	}

}
