package io.github.hotplate.pool;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * Limits the time-outs of connections that must fail fast.
 *
 * @since 0.1.0
 */
public final class ShortTimeouts {

	private ShortTimeouts() {
	}

	/**
	 * Copy a configuration with limited time-outs.
	 * @param config the configuration
	 * @param millis the longest time-out for connecting and for a reply
	 * @return a copy with time-outs of at most that length
	 */
	public static JedisClientConfig limit(JedisClientConfig config, int millis) {
		return DefaultJedisClientConfig.builder()
			.from(config)
			.connectionTimeoutMillis(Math.min(millis, config.getConnectionTimeoutMillis()))
			.socketTimeoutMillis(Math.min(millis, config.getSocketTimeoutMillis()))
			.build();
	}

}
