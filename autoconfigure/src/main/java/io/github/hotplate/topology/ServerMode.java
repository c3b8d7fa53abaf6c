package io.github.hotplate.topology;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import redis.clients.jedis.HostAndPort;

/**
 * The mode that a server reports.
 *
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO server</a>
 */
enum ServerMode {

	/**
	 * A single server, or one that does not report its mode.
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

	// Valkey says server_mode since version 8.
	private static final Pattern MODE = Pattern.compile("(?m)^(?:redis|server)_mode:(\\w+)");

	static ServerMode parse(String info) {
		Matcher mode = MODE.matcher(info);
		return switch (mode.find() ? mode.group(1) : "") {
			case "cluster" -> CLUSTER;
			case "sentinel" -> SENTINEL;
			default -> STANDALONE;
		};
	}

	/**
	 * Check that a server is a standalone server.
	 * @param client the name of the client
	 * @param server its address
	 * @throws ServerModeException if it is not
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
