package io.github.hotplate.subscription;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.HostAndPort;

/**
 * Which node is to serve which topics. Not thread-safe.
 *
 * @param home the node whose messages on ordinary channels count, or {@code null} if
 * there are shard channels only
 * @param topics the topics by node
 */
record TopicPlan(@Nullable HostAndPort home, Map<HostAndPort, Set<Topic>> topics) {

	static final TopicPlan NONE = new TopicPlan(null, Map.of());

	/**
	 * Make a plan.
	 * @param wanted the topics
	 * @param scope the nodes that may be used
	 * @param home the node that has served ordinary channels so far, or {@code null}
	 * @return the plan
	 * @throws DataAccessException if a topic has no node
	 */
	static TopicPlan of(Collection<Topic> wanted, Scope scope, @Nullable HostAndPort home) {
		boolean atHome = wanted.stream().anyMatch((topic) -> topic.kind() != TopicKind.SHARD);
		HostAndPort newHome = atHome ? scope.home(home) : null;
		Map<HostAndPort, Set<Topic>> plan = new LinkedHashMap<>();
		for (Topic topic : wanted) {
			for (HostAndPort node : nodes(topic, scope, newHome)) {
				plan.computeIfAbsent(node, (key) -> new LinkedHashSet<>()).add(topic);
			}
		}
		return new TopicPlan(newHome, plan);
	}

	private static Collection<HostAndPort> nodes(Topic topic, Scope scope, @Nullable HostAndPort home) {
		if (topic.kind() == TopicKind.SHARD) {
			return List.of(scope.owner(topic.bytes()));
		}
		Set<HostAndPort> nodes = new LinkedHashSet<>();
		if (home != null) {
			nodes.add(home);
		}
		if (topic.mayHearKeyEvents()) {
			nodes.addAll(scope.primaries());
		}
		return nodes;
	}

	/**
	 * Add topics, unless that changes the plan for others.
	 * @param more a plan for the new topics
	 * @return whether they were added
	 */
	boolean add(TopicPlan more) {
		if (this.topics.isEmpty() || (more.home != null && !more.home.equals(this.home))) {
			return false;
		}
		more.topics
			.forEach((node, added) -> this.topics.computeIfAbsent(node, (key) -> new LinkedHashSet<>()).addAll(added));
		return true;
	}

	/**
	 * Remove topics.
	 * @param removed the topics
	 * @return whether each node still has others
	 */
	boolean remove(Collection<Topic> removed) {
		this.topics.values().forEach((each) -> removed.forEach(each::remove));
		return this.topics.values().stream().noneMatch(Set::isEmpty);
	}

	Set<Topic> of(HostAndPort node) {
		return this.topics.getOrDefault(node, Set.of());
	}

	boolean contains(HostAndPort node, Topic topic) {
		return of(node).contains(topic);
	}

	List<HostAndPort> nodesOf(Topic topic) {
		return this.topics.keySet().stream().filter((node) -> contains(node, topic)).toList();
	}

}
