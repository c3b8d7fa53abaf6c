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
 * @param hotKeys how hot keys are found
 * @param retries how commands are repeated
 * @param sentinel how Sentinels are reached, of use in sentinel mode only
 * @param penaltyBox how long shards that fail are left out, of use in sharded mode only
 * @param metricsName the value of the metrics' tag {@code redis_client_name}, empty by
 * default
 * @param clientSetName whether to send {@code CLIENT SETNAME} on each new connection
 * @param startupFailure what to do when Redis cannot be reached at start
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">baseplate's
 * redis_cluster</a>
 */
public record ClientConfig(String name, ClientMode mode, RedisUrl url, PoolLimits poolLimits, Timeouts timeouts,
		ClusterOptions clusterOptions, SampleRates sampleRates, HotKeys hotKeys, Retries retries, Sentinel sentinel,
		PenaltyBox penaltyBox, String metricsName, boolean clientSetName, StartupFailure startupFailure) {

	/**
	 * Describe the client for an error message.
	 * @return the name and the URL with its origin, password masked
	 */
	public String describe() {
		return "Redis client '" + this.name + "' (" + this.name + ".url: " + this.url + ", " + this.url.origin() + ")";
	}

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
	 * How hot keys are found and shown.
	 *
	 * @param flushInterval the pause between two flushes to the sorted sets
	 * @param capacity how many keys each sorted set keeps, from 1 to 10,000
	 * @param maxKeyLength how many bytes of a key are kept, from 32 to 256
	 * @param trackSizes whether to look at the sizes of arguments and replies too
	 * @param alertShare the share of all reads or writes from which on a key is told of
	 * by an event, from 0 (no events) to 1
	 * @param tagTop how many keys' names may be tags of metrics, from 0 to 20
	 */
	public record HotKeys(Duration flushInterval, int capacity, int maxKeyLength, boolean trackSizes, double alertShare,
			int tagTop) {

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
	 * @param announced whether repetitions end by their number and each is announced by a
	 * warning, as in the retry pattern; {@code retry.max_retries} is set then
	 */
	public record Retries(int maxAttempts, int clusterDownAttempts, Duration backoff, double multiplier,
			Duration maxBackoff, double jitter, Duration deadline, boolean nonIdempotent, boolean announced) {

	}

	/**
	 * How Sentinels are reached. Their addresses are in the client's URL.
	 *
	 * @param credentials what to authenticate with to Sentinels, which is not what data
	 * nodes are given
	 * @param tls whether to connect to Sentinels with TLS
	 */
	public record Sentinel(Credentials credentials, boolean tls) {

	}

	/**
	 * How long shards that fail are left out.
	 *
	 * @param minWait the first wait for a shard, from 1 millisecond to 1 day
	 * @param maxWait the longest wait, at least the first
	 * @param multiplier by how much each further wait is longer, from 1 to 100
	 * @param failureThreshold how many failures in a row bring a shard into the box, from
	 * 1 to 1,000
	 * @param maxEjected the share of the shards that may be in the box at once, from 0 to
	 * 1
	 */
	public record PenaltyBox(Duration minWait, Duration maxWait, double multiplier, int failureThreshold,
			double maxEjected) {

	}

}
