package io.github.hotplate.pool;

import redis.clients.jedis.JedisClientConfig;

/**
 * How a node is asked whether it is alive.
 */
final class ProbeConfig {

	/**
	 * Long for a node that is alive, short for a failover.
	 */
	private static final int TIMEOUT_MILLIS = 200;

	private ProbeConfig() {
	}

	static JedisClientConfig of(JedisClientConfig config) {
		return ShortTimeouts.limit(config, TIMEOUT_MILLIS);
	}

}
