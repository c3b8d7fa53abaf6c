package io.github.hotplate.config;

import java.time.Duration;

/**
 * The configuration of one client. It holds what the keys under the client's prefix say,
 * checked, with defaults filled in; it never prints a password.
 *
 * @param name the client's name, which is its prefix without the last dot
 * @param mode how the servers work together
 * @param url where they are
 * @param poolLimits how many connections the client may open
 * @param timeouts how long the client waits
 * @param clusterOptions how the client finds its way in a cluster
 * @param sampleRates which share of the commands to look at for hot keys
 * @param retries how commands are repeated
 * @param clientName the value of the metrics' tag {@code redis_client_name}, empty by
 * default
 * @param clientSetName whether to send {@code CLIENT SETNAME} on each new connection
 * @param startup what to do when Redis cannot be reached at start
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">baseplate's
 * redis_cluster</a>
 */
public record ClientConfig(String name, ClientMode mode, RedisUrl url, PoolLimits poolLimits, Timeouts timeouts,
		ClusterOptions clusterOptions, SampleRates sampleRates, Retries retries, String clientName,
		boolean clientSetName, Startup startup) {

	/**
	 * How many connections a client may open.
	 *
	 * @param maxConnections the limit, from 1 to 10,000
	 * @param perNode whether the limit holds for each node rather than for all together
	 */
	public record PoolLimits(int maxConnections, boolean perNode) {

	}

	/**
	 * How long a client waits, each from 1 millisecond to 1 day.
	 *
	 * @param poolWait for a connection of the pool to become free
	 * @param connect for a connection to be established
	 * @param socket for a reply; commands that block by themselves are exempt
	 */
	public record Timeouts(Duration poolWait, Duration connect, Duration socket) {

	}

	/**
	 * How a client finds its way in a cluster.
	 *
	 * @param readPreference which nodes answer commands that only read; replicas may lag
	 * behind
	 * @param skipFullCoverageCheck whether to work with a cluster some of whose slots no
	 * node serves
	 * @param nodemanagerFollowCluster whether to learn the topology from the nodes learnt
	 * last before the seed nodes
	 * @param topologyRefreshPeriod how often the topology is learnt anew without a reason
	 */
	public record ClusterOptions(ReadPreference readPreference, boolean skipFullCoverageCheck,
			boolean nodemanagerFollowCluster, Duration topologyRefreshPeriod) {

	}

	/**
	 * Which share of the commands to look at for hot keys, from 0 (none) to 1 (all).
	 *
	 * @param reads the share of the commands that read
	 * @param writes the share of the commands that write
	 */
	public record SampleRates(double reads, double writes) {

	}

	/**
	 * How commands are repeated that Redis did not run.
	 *
	 * @param maxAttempts how often a command is sent at most, at least 1
	 * @param clusterDownAttempts how often a command is sent again after
	 * {@code CLUSTERDOWN}, each time when the cluster is up again
	 * @param backoff the pause before the first repetition
	 * @param multiplier by how much each further pause is longer, at least 1
	 * @param maxBackoff the longest pause between two attempts
	 * @param jitter the share by which pauses vary at random, from 0 to 1
	 * @param deadline the time after the call in which a repetition may start
	 * @param nonIdempotent whether to repeat commands that may then run twice
	 */
	public record Retries(int maxAttempts, int clusterDownAttempts, Duration backoff, double multiplier,
			Duration maxBackoff, double jitter, Duration deadline, boolean nonIdempotent) {

	}

}
