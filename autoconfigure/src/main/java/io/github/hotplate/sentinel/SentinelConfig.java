package io.github.hotplate.sentinel;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;

import io.github.hotplate.config.ClientConfig.Sentinel;

/**
 * How Sentinels, and primaries that they name, are asked.
 */
final class SentinelConfig {

	/**
	 * A few hundred milliseconds, as the guidelines for clients advise: another Sentinel
	 * is the better answer to one that is silent.
	 */
	private static final int TIMEOUT_MILLIS = 500;

	private SentinelConfig() {
	}

	/**
	 * Make the configuration for Sentinels. It shares addresses' mapping and trust with
	 * the data nodes; credentials are its own.
	 * @param sentinel what is configured for Sentinels
	 * @param dataNodes how data nodes are connected to
	 * @return how Sentinels are connected to
	 */
	static JedisClientConfig forSentinels(Sentinel sentinel, JedisClientConfig dataNodes) {
		DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
			.connectionTimeoutMillis(Math.min(TIMEOUT_MILLIS, dataNodes.getConnectionTimeoutMillis()))
			.socketTimeoutMillis(Math.min(TIMEOUT_MILLIS, dataNodes.getSocketTimeoutMillis()))
			.hostAndPortMapper(dataNodes.getHostAndPortMapper())
			.clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
			.user(sentinel.credentials().username())
			.password(sentinel.credentials().password())
			// Of RESP3, Jedis takes messages of a subscription as pushes.
			.protocol(RedisProtocol.RESP2)
			.ssl(sentinel.tls());
		if (sentinel.tls()) {
			builder.sslOptions(dataNodes.getSslOptions())
				.sslSocketFactory(dataNodes.getSslSocketFactory())
				.sslParameters(dataNodes.getSslParameters())
				.hostnameVerifier(dataNodes.getHostnameVerifier());
		}
		return builder.build();
	}

	/**
	 * Make the configuration for the question whether a node is the primary.
	 * @param dataNodes how data nodes are connected to
	 * @return the same with little patience
	 */
	static JedisClientConfig forRoles(JedisClientConfig dataNodes) {
		return DefaultJedisClientConfig.builder()
			.from(dataNodes)
			.connectionTimeoutMillis(Math.min(TIMEOUT_MILLIS, dataNodes.getConnectionTimeoutMillis()))
			.socketTimeoutMillis(Math.min(TIMEOUT_MILLIS, dataNodes.getSocketTimeoutMillis()))
			.build();
	}

}
