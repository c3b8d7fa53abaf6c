package io.github.hotplate.benchmark.hotkey;

import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.HotplateClient;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Makes clients that sample at given rates.
 */
final class TrackedClients {

	private TrackedClients() {
	}

	static HotplateClient open(EmbeddedRedisCluster cluster, HotKeysBenchmark.Options options, double rate) {
		return HotplateClient.open(access(cluster, options, rate));
	}

	/**
	 * Return how to reach the cluster.
	 * @param cluster the cluster
	 * @param options how many connections
	 * @param rate the sample rate of reads and writes
	 * @return the access
	 */
	static ClusterAccess access(EmbeddedRedisCluster cluster, HotKeysBenchmark.Options options, double rate) {
		return new ClusterAccess(cluster.url(), options.connectionsPerNode())
			.withHotplate("track_key_reads_sample_rate", Double.toString(rate))
			.withHotplate("track_key_writes_sample_rate", Double.toString(rate));
	}

}
