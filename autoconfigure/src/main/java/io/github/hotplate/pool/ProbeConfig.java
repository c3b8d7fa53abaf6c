package io.github.hotplate.pool;

import redis.clients.jedis.JedisClientConfig;

/**
 * The connection settings of a probe.
 */
final class ProbeConfig {

	/**
	 * Ample for a live node, short compared with a failover.
	 */
	private static final int TIMEOUT_MILLIS = 200;

	private ProbeConfig() {
	}

	static JedisClientConfig of(JedisClientConfig config) {
		return ShortTimeouts.limit(config, TIMEOUT_MILLIS);
	}

}
