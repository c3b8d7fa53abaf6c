package io.github.hotplate.topology;

import redis.clients.jedis.HostAndPort;

/**
 * What a server says that it is.
 *
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO server</a>
 */
enum ServerMode {

	/**
	 * A server that has all its keys to itself, or one that does not say what it is.
	 */
	STANDALONE,

	/**
	 * A node of a cluster.
	 */
	CLUSTER,

	/**
	 * A Sentinel, which has no keys.
	 */
	SENTINEL;

	static ServerMode parse(String info) {
		if (info.contains("redis_mode:cluster")) {
			return CLUSTER;
		}
		return info.contains("redis_mode:sentinel") ? SENTINEL : STANDALONE;
	}

	/**
	 * Check that a server works alone.
	 * @param client the name of the client that takes it for one
	 * @param server its address
	 * @throws ServerModeException if it does not
	 */
	void checkStandalone(String client, HostAndPort server) {
		if (this == CLUSTER) {
			throw new ServerModeException(
					"The server " + server + " of Redis client '" + client
							+ "' is in cluster mode and would refuse most keys",
					"Set " + client + ".mode to cluster, or point " + client
							+ ".url at a server that is not in cluster mode");
		}
		if (this == SENTINEL) {
			throw new ServerModeException(
					"The server " + server + " of Redis client '" + client + "' is a Sentinel and holds no data",
					"Set " + client + ".url to redis-sentinel://host:26379,host:26379/primary, or point it at a server "
							+ "that holds data");
		}
	}

}
