package io.github.hotplate.sentinel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import redis.clients.jedis.HostAndPort;

/**
 * The Sentinels that a client knows, in the order in which to ask them: the one that
 * answered last comes first, those that did not answer come last. Thread-safe.
 */
final class SentinelDirectory {

	/**
	 * A group has three or five. More than these come from somebody else's mistake.
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
	 * Note which Sentinels there are. Those that were configured stay, whatever others
	 * say.
	 * @param sentinel who says so
	 * @param others the others that it knows
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
