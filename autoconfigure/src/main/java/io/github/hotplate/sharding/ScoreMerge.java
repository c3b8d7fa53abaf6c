package io.github.hotplate.sharding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.penalty.ActiveShards;
import io.github.hotplate.penalty.ClusterEmptyException;
import io.github.hotplate.support.RateLimitedLog;

/**
 * Merges the sorted sets that the nodes hold under one key. If a node is down, only its
 * own members are missing. Thread-safe.
 *
 * @param <C> the type of the client of one node
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's
 * zrevrange_with_int_score</a>
 */
final class ScoreMerge<C> {

	private static final Logger logger = LoggerFactory.getLogger(ScoreMerge.class);

	private final String client;

	private final ShardedClients<C> clients;

	private final RateLimitedLog log = new RateLimitedLog(logger);

	private final Predicate<? super RuntimeException> isDown;

	/**
	 * Create a merge.
	 * @param client the name of the client
	 * @param clients the clients of the nodes
	 * @param isDown tells a node that could not be reached or did not answer in time from
	 * an error that the caller must see
	 */
	ScoreMerge(String client, ShardedClients<C> clients, Predicate<? super RuntimeException> isDown) {
		this.client = client;
		this.clients = clients;
		this.isDown = isDown;
	}

	/**
	 * Ask all nodes in use, one after the other.
	 * @param <M> the type of the members
	 * @param range asks a node for members with their scores, in any order
	 * @return the members on the nodes that answered
	 * @throws ClusterEmptyException if no node is in use, or if none answered; their
	 * failures are suppressed in it
	 */
	<M> MergedScores<M> merge(Function<? super C, ? extends Iterable<TypedTuple<M>>> range) {
		Map<M, Long> highest = new LinkedHashMap<>();
		List<HostAndPort> missing = new ArrayList<>();
		List<RuntimeException> failures = new ArrayList<>();
		ActiveShards active = this.clients.active();
		for (int node = 0; node < active.nodes().size(); node++) {
			if (!active.isActive(node)) {
				missing.add(active.nodes().get(node));
				continue;
			}
			try {
				range.apply(this.clients.get(node)).forEach((tuple) -> add(highest, tuple));
			}
			catch (RuntimeException ex) {
				if (!this.isDown.test(ex)) {
					throw ex;
				}
				missing.add(active.nodes().get(node));
				failures.add(ex);
				this.log.warn(active.nodes().get(node),
						"A merge of sorted sets of client '{}' lacks the members on {}: {}", this.client,
						active.nodes().get(node), ex.getMessage());
			}
		}
		if (missing.size() == active.nodes().size()) {
			ClusterEmptyException empty = active.empty();
			failures.forEach(empty::addSuppressed);
			throw empty;
		}
		return new MergedScores<>(sorted(highest), missing);
	}

	private static <M> void add(Map<M, Long> highest, TypedTuple<M> tuple) {
		M member = tuple.getValue();
		Double score = tuple.getScore();
		if (member != null && score != null) {
			highest.merge(member, score.longValue(), Math::max);
		}
	}

	private static <M> Map<M, Long> sorted(Map<M, Long> scores) {
		return scores.entrySet()
			.stream()
			.sorted(Map.Entry.<M, Long>comparingByValue().reversed())
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first,
					LinkedHashMap::new));
	}

}
