package io.github.hotplate.config;

import java.time.Duration;

/**
 * The validated configuration of one client, defaults included. It never prints a
 * password.
 *
 * @param name the client's name, which is its prefix without the trailing dot
 * @param mode how the servers work together
 * @param url where the servers are
 * @param tls whom the client talks to
 * @param poolLimits how many connections the client may open
 * @param timeouts how long the client waits
 * @param clusterOptions how the client routes commands and refreshes the topology
 * @param sampleRates the share of commands sampled for hot keys
 * @param hotKeys how hot keys are detected
 * @param slowCalls which slow calls are kept
 * @param retries how commands are retried
 * @param sentinel how to connect to Sentinels, used in sentinel mode only
 * @param penaltyBox how long failing shards are ejected, used in sharded mode only
 * @param metricsName the value of the metrics tag {@code redis_client_name}, empty by
 * default
 * @param clientSetName whether to send {@code CLIENT SETNAME} on each new connection
 * @param startupFailure what to do if Redis is unreachable at start
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">baseplate's
 * redis_cluster</a>
 */
public record ClientConfig(String name, ClientMode mode, RedisUrl url, Tls tls, PoolLimits poolLimits,
		Timeouts timeouts, ClusterOptions clusterOptions, SampleRates sampleRates, HotKeys hotKeys, SlowCalls slowCalls,
		Retries retries, Sentinel sentinel, PenaltyBox penaltyBox, String metricsName, boolean clientSetName,
		StartupFailure startupFailure) {

	/**
	 * Describe the client for an error message.
	 * @return the name, and the URL with masked password and origin
	 */
	public String describe() {
		return "Redis client '" + this.name + "' (" + this.name + ".url: " + this.url + ", " + this.url.origin() + ")";
	}

	/**
	 * Whom a client talks to.
	 *
	 * @param verifyHostname whether the certificate of a server must name the host that
	 * the client connects to
	 */
	public record Tls(boolean verifyHostname) {

	}

	/**
	 * How many connections a client may open.
	 *
	 * @param maxConnections the limit, from 1 to 10,000
	 * @param perNode whether the limit applies to each node instead of all nodes together
	 */
	public record PoolLimits(int maxConnections, boolean perNode) {

	}

	/**
	 * How long a client waits, each from 1 millisecond to 1 day.
	 *
	 * @param poolWait for a connection of the pool to become free
	 * @param connect for a connection to be established
	 * @param socket for a reply; a command that blocks has its own time-out on top
	 * @param shutdown for running commands to end when the client is closed
	 */
	public record Timeouts(Duration poolWait, Duration connect, Duration socket, Duration shutdown) {

		/**
		 * Who stops an application seldom waits for longer than this and the rest of its
		 * shutdown.
		 */
		private static final Duration LONGEST_DEFAULT_SHUTDOWN = Duration.ofSeconds(10);

		/**
		 * Create time-outs with the default for shutdown: that of a reply, but at most 10
		 * seconds.
		 * @param poolWait for a connection of the pool to become free
		 * @param connect for a connection to be established
		 * @param socket for a reply
		 */
		public Timeouts(Duration poolWait, Duration connect, Duration socket) {
			this(poolWait, connect, socket,
					(socket.compareTo(LONGEST_DEFAULT_SHUTDOWN) < 0) ? socket : LONGEST_DEFAULT_SHUTDOWN);
		}

	}

	/**
	 * How a client routes commands and refreshes the topology.
	 *
	 * @param readPreference which nodes serve read commands; replicas may lag behind
	 * @param skipFullCoverageCheck whether to start on a cluster with unserved slots
	 * @param nodemanagerFollowCluster whether to refresh the topology from the last known
	 * nodes before the seed nodes
	 * @param topologyRefreshPeriod the interval of the periodic refresh
	 */
	public record ClusterOptions(ReadPreference readPreference, boolean skipFullCoverageCheck,
			boolean nodemanagerFollowCluster, Duration topologyRefreshPeriod) {

	}

	/**
	 * The share of commands sampled for hot keys, from 0 (none) to 1 (all).
	 *
	 * @param reads the share of read commands
	 * @param writes the share of write commands
	 */
	public record SampleRates(double reads, double writes) {

	}

	/**
	 * How hot keys are detected and reported.
	 *
	 * @param flushInterval the interval of flushes to the sorted sets
	 * @param capacity how many keys each sorted set keeps, from 1 to 10,000
	 * @param maxKeyLength how many bytes of a key are kept, from 32 to 256
	 * @param trackSizes whether to record the size of arguments and replies as well
	 * @param alertShare the share of all reads or writes at which an event reports a key,
	 * from 0 (no events) to 1
	 * @param tagTop how many keys are reported by name as a metrics tag, from 0 to 20
	 */
	public record HotKeys(Duration flushInterval, int capacity, int maxKeyLength, boolean trackSizes, double alertShare,
			int tagTop) {

	}

	/**
	 * Which slow calls are kept.
	 *
	 * @param capacity how many calls are kept, from 0 (none) to 1,000
	 * @param threshold how long a call must take to be slow, from zero (any time) to 1
	 * day
	 */
	public record SlowCalls(int capacity, Duration threshold) {

	}

	/**
	 * How failed commands are retried.
	 *
	 * @param maxAttempts the maximum number of times a command is sent, at least 1
	 * @param clusterDownAttempts the maximum number of retries after {@code CLUSTERDOWN},
	 * each sent when the cluster is up again
	 * @param backoff the pause before the first retry
	 * @param multiplier the factor by which the pause grows with each retry, at least 1
	 * @param maxBackoff the longest pause between two attempts
	 * @param jitter the random variation of pauses, from 0 to 1
	 * @param deadline the time after the call within which a retry may start
	 * @param nonIdempotent whether to retry commands at the risk of running them twice
	 * @param announced whether a warning announces each retry, as in the retry pattern;
	 * true if {@code retry.max_retries} is set
	 */
	public record Retries(int maxAttempts, int clusterDownAttempts, Duration backoff, double multiplier,
			Duration maxBackoff, double jitter, Duration deadline, boolean nonIdempotent, boolean announced) {

	}

	/**
	 * How to connect to Sentinels. Their addresses are in the client's URL.
	 *
	 * @param credentials the credentials for Sentinels, separate from those for data
	 * nodes
	 * @param tls whether to connect to Sentinels with TLS
	 */
	public record Sentinel(Credentials credentials, boolean tls) {

	}

	/**
	 * How long failing shards are ejected.
	 *
	 * @param minWait the time before the first probe, from 1 millisecond to 1 day
	 * @param maxWait the maximum time between two probes, at least the first
	 * @param multiplier the factor by which the wait grows with each failed probe, from 1
	 * to 100
	 * @param failureThreshold the number of consecutive failures that eject a shard, from
	 * 1 to 1,000
	 * @param maxEjected the share of shards that may be ejected at the same time, from 0
	 * to 1
	 */
	public record PenaltyBox(Duration minWait, Duration maxWait, double multiplier, int failureThreshold,
			double maxEjected) {

	}

}
