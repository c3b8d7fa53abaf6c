package io.github.hotplate.pool;

import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * Changes how a client's connections are made, after Hotplate has applied the client's
 * configuration: trust stores, credentials that rotate, a mapping of addresses. Beans of
 * this type are called in their order, for every client.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface JedisClientCustomizer {

	/**
	 * Change the configuration of connections.
	 * @param client the name of the client
	 * @param builder the configuration, to be changed in place
	 */
	void customize(String client, DefaultJedisClientConfig.Builder builder);

}
