package io.github.hotplate.pool;

import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * Customizes how connections are made, after Hotplate has applied the client's
 * configuration: trust stores, rotating credentials, address mappings. Beans of this type
 * are called in their order, for every client.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface JedisClientCustomizer {

	/**
	 * Customize the configuration of connections.
	 * @param client the name of the client
	 * @param builder the configuration to change
	 */
	void customize(String client, DefaultJedisClientConfig.Builder builder);

}
