package io.github.hotplate.observation;

/**
 * The meters of a client, named and described as baseplate's are, so that its dashboards
 * and alerts keep working. The Prometheus name is the name here with underscores;
 * counters end in {@code _total} and timers in {@code _seconds}.
 *
 * @since 0.1.0
 * @see <a href="https://baseplate.readthedocs.io/">baseplate</a>
 */
public enum RedisMeter {

	/**
	 * Counter of commands, by command and success.
	 */
	REQUESTS("redis.client.requests", "Total number of requests made by client"),

	/**
	 * Timer of commands, by command and success.
	 */
	LATENCY("redis.client.latency", "Latency histogram for calls made by clients"),

	/**
	 * Gauge of commands in progress, by command.
	 */
	ACTIVE_REQUESTS("redis.client.active.requests", "Number of active requests for a given client"),

	/**
	 * Counter of retries, by command and reason.
	 */
	RETRIES("redis.client.retries", "Total number of retried commands"),

	/**
	 * Counter of failures of tracing, meters and listeners.
	 */
	MONITORING_FAILURES("redis.client.monitoring.failures",
			"Total number of monitoring failures, which never affect commands"),

	/**
	 * Gauge of the bound on connections.
	 */
	POOL_MAX_SIZE("redis.client.pool.max.size",
			"Maximum number of connections allowed in this redis client connection pool"),

	/**
	 * Gauge of open connections that wait for a command.
	 */
	POOL_IDLE_CONNECTIONS("redis.client.pool.idle.connections",
			"Number of idle connections in this redis client connection pool"),

	/**
	 * Gauge of connections that run a command.
	 */
	POOL_ACTIVE_CONNECTIONS("redis.client.pool.active.connections",
			"Number of open connections in this redis client connection pool"),

	/**
	 * Gauge of idle connections to one node.
	 */
	NODE_IDLE_CONNECTIONS("redis.client.pool.node.idle.connections",
			"Number of idle connections to one node of the cluster"),

	/**
	 * Gauge of connections to one node that run a command.
	 */
	NODE_ACTIVE_CONNECTIONS("redis.client.pool.node.active.connections",
			"Number of connections to one node of the cluster that are in use"),

	/**
	 * Gauge of callers that wait for a connection.
	 */
	POOL_WAITING("redis.client.pool.waiting", "Number of callers that wait for a connection"),

	/**
	 * Counter of connections that were opened, by node. Prometheus would cut off the
	 * suffix {@code created}.
	 */
	POOL_CONNECTIONS_OPENED("redis.client.pool.connections.opened", "Total number of connections opened to a node"),

	/**
	 * Counter of connections that were closed, by node.
	 */
	POOL_CONNECTIONS_CLOSED("redis.client.pool.connections.closed",
			"Total number of connections to a node that were closed"),

	/**
	 * Timer of waits for a connection, by node.
	 */
	POOL_WAIT("redis.client.pool.wait", "Time that callers wait because all connections are in use"),

	/**
	 * Timer of opening a connection, by node.
	 */
	POOL_CONNECT("redis.client.pool.connect", "Time that it takes to open a connection, TLS and login included"),

	/**
	 * Timer of connections in use, by node.
	 */
	POOL_USE("redis.client.pool.use", "Time that callers keep a connection"),

	/**
	 * Gauge of callers that wait for a connection to one node.
	 */
	NODE_WAITING("redis.client.pool.node.waiting", "Number of callers that wait for a connection to one node"),

	/**
	 * Gauge of the bound on connections to one node.
	 */
	NODE_MAX_SIZE("redis.client.pool.node.max.size", "Maximum number of connections allowed to one node"),

	/**
	 * Counter of topology refreshes, by reason.
	 */
	TOPOLOGY_REFRESHES("redis.client.topology.refreshes", "Total number of topology refreshes"),

	/**
	 * Counter of redirections by nodes of a cluster, by kind.
	 */
	REDIRECTIONS("redis.client.redirections", "Total number of redirections that commands followed"),

	/**
	 * Gauge of the slots of a cluster that cannot be written.
	 */
	SLOTS_UNCOVERED("redis.client.slots.uncovered", "Number of slots that no usable node is known to serve"),

	/**
	 * Gauge of the ejected nodes of any client but a sharded one, by node.
	 */
	NODE_SUSPECT("redis.client.node.suspect",
			"Whether commands fail at once because their node does not answer (1) or are sent (0)"),

	/**
	 * Gauge of the ejected shards, by node.
	 */
	PENALTY_BOX("redis.client.penalty.box", "Whether a node is in the penalty box (1) or in use (0)"),

	/**
	 * Gauge of subscriptions.
	 */
	SUBSCRIPTIONS("redis.client.subscriptions", "Number of subscriptions"),

	/**
	 * Gauge of the time since the quietest subscribed node was heard.
	 */
	SUBSCRIPTION_SILENCE("redis.client.subscription.silence",
			"Time for which the quietest subscribed node has not answered even a heartbeat"),

	/**
	 * Counter of nodes that had to be subscribed to again.
	 */
	RESUBSCRIPTIONS("redis.client.resubscriptions", "Total number of times that a node was subscribed to again"),

	/**
	 * Gauge of the share of all reads or writes that go to the hottest key.
	 */
	HOT_KEY_SHARE("redis.client.hot.key.share", "Share of the hottest key among all keys recently read or written"),

	/**
	 * Gauge of the share of all reads or writes of a node that go to its hottest key.
	 */
	HOT_KEY_NODE_SHARE("redis.client.hot.key.node.share",
			"Share of the hottest key of a node among all its keys recently read or written"),

	/**
	 * Gauge of the share of each of the hottest keys, if their names may be tags.
	 */
	TOP_KEY_SHARE("redis.client.top.key.share",
			"Share of one of the hottest keys among all keys recently read or written"),

	/**
	 * Counter of samples that were lost.
	 */
	HOT_KEY_DROPPED_SAMPLES("redis.client.hot.key.dropped.samples",
			"Total number of samples lost before they were counted"),

	/**
	 * Distribution of the number of commands that a web request sends, by route.
	 */
	COMMANDS_PER_REQUEST("redis.client.commands.per.request", "Number of commands that a web request sends"),

	/**
	 * Gauge of the bound on connections, under baseplate's name for runtime metrics.
	 */
	RUNTIME_POOL_SIZE("runtime.pool.size", "Size limit for the connection pool"),

	/**
	 * Gauge of connections that run a command, under baseplate's name for runtime
	 * metrics.
	 */
	RUNTIME_POOL_IN_USE("runtime.pool.in_use", "Number of connections that are checked out and being used");

	private final String meterName;

	private final String description;

	RedisMeter(String meterName, String description) {
		this.meterName = meterName;
		this.description = description;
	}

	/**
	 * Return the name under which the meter is registered.
	 * @return the name, in Micrometer's form
	 */
	public String meterName() {
		return this.meterName;
	}

	/**
	 * Return what the meter measures.
	 * @return the text that Prometheus shows as HELP
	 */
	public String description() {
		return this.description;
	}

}
