package io.github.hotplate.client;

import java.util.List;

import org.springframework.core.env.Environment;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.config.Credentials;
import io.github.hotplate.pool.JedisClientCustomizer;
import io.github.hotplate.support.MonitoringFailures;

/**
 * Makes the pool of a client from its configuration.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">
 * baseplate's cluster_pool_from_config</a>
 */
public final class ClusterPoolFactory {

	private ClusterPoolFactory() {
	}

	/**
	 * Make a pool from the keys under a prefix, and reach its Redis.
	 * @param environment where the keys are
	 * @param prefix any prefix that ends in a dot, such as {@code foo.}
	 * @return a pool that the caller closes
	 * @throws io.github.hotplate.config.InvalidClientConfigException if a value under the
	 * prefix cannot be used
	 * @throws ClientStartupException if Redis cannot be used and the configuration does
	 * not say {@code startup: warn}
	 */
	public static ClusterPool fromConfig(Environment environment, String prefix) {
		return create(new ClientConfigReader(environment).read(prefix), List.of());
	}

	/**
	 * Make a pool from a configuration, and reach its Redis.
	 * @param config the configuration
	 * @param customizers change how connections are made, applied in their order
	 * @return a pool that the caller closes
	 * @throws ClientStartupException if Redis cannot be used and the configuration does
	 * not say {@code startup: warn}
	 */
	public static ClusterPool create(ClientConfig config, List<JedisClientCustomizer> customizers) {
		return create(config, customizers, true, new MonitoringFailures());
	}

	/**
	 * Make a pool from a configuration, and reach its Redis.
	 * @param config the configuration
	 * @param customizers change how connections are made, applied in their order
	 * @param requests whether to tell apart what web requests do
	 * @param monitoringFailures is told when a listener fails
	 * @return a pool that the caller closes
	 * @throws ClientStartupException if Redis cannot be used and the configuration does
	 * not say {@code startup: warn}
	 */
	public static ClusterPool create(ClientConfig config, List<JedisClientCustomizer> customizers, boolean requests,
			MonitoringFailures monitoringFailures) {
		ClientAssembly assembly = new ClientAssembly(config, jedisConfig(config, customizers), requests,
				monitoringFailures);
		boolean started = false;
		try {
			new ClientStartup(assembly).run();
			started = true;
			return new ClusterPool(assembly, new ClientTemplate(new ClientWiring(assembly, monitoringFailures)));
		}
		finally {
			if (!started) {
				assembly.close();
			}
		}
	}

	private static JedisClientConfig jedisConfig(ClientConfig config, List<JedisClientCustomizer> customizers) {
		Credentials credentials = config.url().credentials();
		DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
			.connectionTimeoutMillis(Math.toIntExact(config.timeouts().connect().toMillis()))
			.socketTimeoutMillis(Math.toIntExact(config.timeouts().socket().toMillis()))
			.user(credentials.username())
			.password(credentials.password())
			.database(config.url().database())
			.ssl(config.url().tls())
			// Proxies and Redis before 7.2 refuse CLIENT SETINFO.
			.clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
		if (config.clientSetName()) {
			builder.clientName(config.metricsName().isEmpty() ? config.name() : config.metricsName());
		}
		customizers.forEach((customizer) -> customizer.customize(config.name(), builder));
		return HostNameCheck.apply(builder.build(), config.tls().verifyHostname());
	}

}
