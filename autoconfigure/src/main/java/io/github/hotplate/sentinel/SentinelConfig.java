package io.github.hotplate.sentinel;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;

import io.github.hotplate.config.ClientConfig.Sentinel;
import io.github.hotplate.pool.ShortTimeouts;

/**
 * Makes the configurations of connections to Sentinels and to the primaries they name.
 */
final class SentinelConfig {

	/**
	 * A few hundred milliseconds, as the guidelines for clients advise: asking the next
	 * Sentinel beats waiting for a silent one.
	 */
	private static final int TIMEOUT_MILLIS = 500;

	private SentinelConfig() {
	}

	/**
	 * Make the configuration for Sentinels. It shares the address mapping and the trusted
	 * certificates with the data nodes, but not the credentials.
	 * @param sentinel the options for Sentinels
	 * @param dataNodes how data nodes are connected to
	 * @return how Sentinels are connected to
	 */
	static JedisClientConfig forSentinels(Sentinel sentinel, JedisClientConfig dataNodes) {
		JedisClientConfig brief = ShortTimeouts.limit(dataNodes, TIMEOUT_MILLIS);
		DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
			.connectionTimeoutMillis(brief.getConnectionTimeoutMillis())
			.socketTimeoutMillis(brief.getSocketTimeoutMillis())
			.hostAndPortMapper(dataNodes.getHostAndPortMapper())
			.clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
			.user(sentinel.credentials().username())
			.password(sentinel.credentials().password())
			// With RESP3, Jedis treats the messages of a subscription as pushes.
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
	 * Make the configuration for asking nodes for their role.
	 * @param dataNodes how data nodes are connected to
	 * @return the same configuration with short time-outs
	 */
	static JedisClientConfig forRoles(JedisClientConfig dataNodes) {
		return ShortTimeouts.limit(dataNodes, TIMEOUT_MILLIS);
	}

}
