package io.github.hotplate.sharding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import redis.clients.jedis.HostAndPort;

/**
 * The union of the sorted sets that several nodes hold under one key. Immutable.
 *
 * @param scores each member with its highest score on any node that answered, the highest
 * score first; fractions are cut off
 * @param missing the nodes whose members are missing: those in the penalty box and those
 * that failed during the merge
 * @param <M> the type of the members
 * @since 0.1.0
 */
public record MergedScores<M>(Map<M, Long> scores, List<HostAndPort> missing) {

	public MergedScores {
		scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
		missing = List.copyOf(missing);
	}

	/**
	 * Tell whether every node contributed.
	 * @return whether no node is missing
	 */
	public boolean isComplete() {
		return this.missing.isEmpty();
	}

}
