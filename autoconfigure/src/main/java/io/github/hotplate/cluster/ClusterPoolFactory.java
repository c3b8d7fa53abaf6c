package io.github.hotplate.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.config.Credentials;
import io.github.hotplate.config.Startup;
import io.github.hotplate.execution.ClusterDownException;

/**
 * Makes the pool of a client from its configuration.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">
 * baseplate's cluster_pool_from_config</a>
 */
public final class ClusterPoolFactory {

	private static final Logger logger = LoggerFactory.getLogger(ClusterPoolFactory.class);

	private ClusterPoolFactory() {
	}

	/**
	 * Make a pool from the keys under a prefix, and reach its cluster.
	 * @param environment where the keys are
	 * @param prefix any prefix that ends in a dot, such as {@code foo.}
	 * @return a pool that the caller closes
	 * @throws io.github.hotplate.config.InvalidClientConfigException if a value under the
	 * prefix cannot be used
	 * @throws ClientStartupException if the cluster cannot be used and the configuration
	 * does not say {@code startup: warn}
	 */
	public static ClusterPool fromConfig(Environment environment, String prefix) {
		return create(new ClientConfigReader(environment).read(prefix), List.of());
	}

	/**
	 * Make a pool from a configuration, and reach its cluster.
	 * @param config the configuration
	 * @param customizers change how connections are made, applied in their order
	 * @return a pool that the caller closes
	 * @throws ClientStartupException if the cluster cannot be used and the configuration
	 * does not say {@code startup: warn}
	 */
	public static ClusterPool create(ClientConfig config, List<JedisClientCustomizer> customizers) {
		if (config.mode() != ClientMode.CLUSTER) {
			throw new ClientStartupException(
					"Client '" + config.name() + "' asks for mode '" + config.mode().label()
							+ "', and this version speaks to Redis Cluster only",
					"Remove " + config.name() + ".mode, or set it to 'cluster'", null);
		}
		if (config.sampleRates().reads() > 0 || config.sampleRates().writes() > 0) {
			logger.warn("Redis client '{}' samples no keys: this version reads the sample rates and does not track yet",
					config.name());
		}
		ClusterPool pool = new ClusterPool(config, jedisConfig(config, customizers));
		boolean started = false;
		try {
			start(pool, config);
			started = true;
			return pool;
		}
		finally {
			if (!started) {
				pool.close();
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
			.ssl(config.url().tls())
			// Proxies and Redis before 7.2 refuse CLIENT SETINFO.
			.clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
		if (config.clientSetName()) {
			builder.clientName(config.clientName().isEmpty() ? config.name() : config.clientName());
		}
		customizers.forEach((customizer) -> customizer.customize(config.name(), builder));
		return builder.build();
	}

	private static void start(ClusterPool pool, ClientConfig config) {
		try {
			pool.refresh();
			if (!config.clusterOptions().skipFullCoverageCheck() && !pool.topology().isComplete()) {
				throw new ClientStartupException(
						"Only " + pool.topology().coveredSlots() + " of 16384 slots of " + describe(config)
								+ " are served",
						"Repair the cluster, or set " + config.name() + ".skip_full_coverage_check to true", null);
			}
			logger.info("Redis client '{}': mode {}, {} nodes in {} shards, max_connections {}{}, url {} from {}",
					config.name(), config.mode().label(), pool.topology().nodes().size(),
					pool.topology().shards().size(), pool.maxConnections(), pool.isLimitPerNode() ? " per node" : "",
					config.url(), config.url().origin());
		}
		catch (ClusterDownException ex) {
			onUnusable(pool, config, ex);
		}
		pool.startBackgroundWork(config.clusterOptions().topologyRefreshPeriod());
	}

	private static void onUnusable(ClusterPool pool, ClientConfig config, ClusterDownException failure) {
		List<Throwable> failures = Arrays.asList(failure.getSuppressed());
		String key = config.name();
		if (replies(failures, "cluster support disabled").findAny().isPresent()) {
			throw new ClientStartupException("The server of " + describe(config) + " is not in cluster mode",
					"Point " + key + ".url at a Redis Cluster; this version speaks to nothing else", failure);
		}
		if (failures.stream().anyMatch(JedisAccessControlException.class::isInstance)
				|| replies(failures, "AUTH").findAny().isPresent()) {
			throw new ClientStartupException(
					"Redis rejected the credentials of " + describe(config) + ": "
							+ replies(failures, "").findFirst().orElse("no reason given"),
					"Check " + key + ".username and " + key + ".password, or the user and password in " + key + ".url",
					failure);
		}
		if (config.startup() == Startup.FAIL) {
			throw new ClientStartupException(
					"No node of " + describe(config) + " can be reached: "
							+ NestedExceptionUtils.getMostSpecificCause(failure).getMessage(),
					"Start Redis or correct " + key + ".url; to start the application all the same, set " + key
							+ ".startup to warn",
					failure);
		}
		logger.warn("Redis client '{}' starts without its cluster and keeps trying, since {}.startup is warn: {}", key,
				key, failure.getMessage());
		pool.requestRefresh();
	}

	private static Stream<String> replies(List<Throwable> failures, String part) {
		return failures.stream()
			.filter(JedisDataException.class::isInstance)
			.map((failure) -> String.valueOf(failure.getMessage()))
			.filter((message) -> message.contains(part));
	}

	private static String describe(ClientConfig config) {
		return "Redis client '" + config.name() + "' (" + config.name() + ".url: " + config.url() + ", "
				+ config.url().origin() + ")";
	}

}
