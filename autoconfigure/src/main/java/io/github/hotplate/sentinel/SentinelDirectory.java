package io.github.hotplate.sentinel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import redis.clients.jedis.HostAndPort;

/**
 * The Sentinels known to a client, in the order in which to ask them: the one that
 * answered most recently comes first, those that did not answer come last. Thread-safe.
 */
final class SentinelDirectory {

	/**
	 * Groups have three or five Sentinels. More than this limit points to a
	 * misconfiguration elsewhere.
	 */
	static final int MAX_SENTINELS = 16;

	private final Set<HostAndPort> seeds;

	private List<HostAndPort> sentinels;

	SentinelDirectory(List<HostAndPort> seeds) {
		this.seeds = Set.copyOf(seeds);
		this.sentinels = new ArrayList<>(seeds);
	}

	synchronized List<HostAndPort> inOrder() {
		return List.copyOf(this.sentinels);
	}

	synchronized void answered(HostAndPort sentinel) {
		if (this.sentinels.remove(sentinel)) {
			this.sentinels.add(0, sentinel);
		}
	}

	synchronized void failed(HostAndPort sentinel) {
		if (this.sentinels.remove(sentinel)) {
			this.sentinels.add(sentinel);
		}
	}

	/**
	 * Update the known Sentinels. Configured ones are never removed.
	 * @param sentinel the Sentinel that answered
	 * @param others the other Sentinels that it knows
	 */
	synchronized void learn(HostAndPort sentinel, List<HostAndPort> others) {
		Set<HostAndPort> known = new LinkedHashSet<>(this.sentinels);
		known.removeIf((each) -> !this.seeds.contains(each) && !each.equals(sentinel) && !others.contains(each));
		others.stream()
			.filter((other) -> !known.contains(other))
			.limit(Math.max(0, MAX_SENTINELS - known.size()))
			.forEach(known::add);
		this.sentinels = new ArrayList<>(known);
	}

}
