package io.github.hotplate.sample.dashboard;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.stereotype.Component;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.topology.RefreshReason;

/**
 * Counts how often the client has learned who serves what, and why.
 */
@Component
class TopologyRefreshes {

	private final ClusterPool pool;

	TopologyRefreshes(ClusterPool pool) {
		this.pool = pool;
	}

	/**
	 * Return the counts.
	 * @return the number of refreshes by reason, since the start
	 */
	Map<String, Long> read() {
		Map<String, Long> counts = new TreeMap<>();
		for (RefreshReason reason : RefreshReason.values()) {
			counts.put(reason.label(), this.pool.topologyRefreshes(reason));
		}
		return counts;
	}

}
