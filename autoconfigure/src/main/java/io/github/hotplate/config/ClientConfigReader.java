package io.github.hotplate.config;

import java.time.Duration;
import java.util.List;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

import io.github.hotplate.config.ClientConfig.ClusterOptions;
import io.github.hotplate.config.ClientConfig.HotKeys;
import io.github.hotplate.config.ClientConfig.PenaltyBox;
import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.config.ClientConfig.SlowCalls;
import io.github.hotplate.config.ClientConfig.Timeouts;
import io.github.hotplate.config.ClientConfig.Tls;

/**
 * Reads the configuration of a client from an environment. Names are relaxed as
 * everywhere in Spring Boot, and an empty value means the default. Opens no connection.
 *
 * @since 0.1.0
 * @see ClientDeclarations
 */
public final class ClientConfigReader {

	private final Environment environment;

	/**
	 * Creates a reader.
	 * @param environment where to read, a {@link ConfigurableEnvironment}
	 */
	public ClientConfigReader(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Reads one client.
	 * @param prefix a prefix that ends in a dot, such as {@code foo.}
	 * @return the client's configuration
	 * @throws InvalidClientConfigException if a value under the prefix is invalid
	 */
	public ClientConfig read(String prefix) {
		PrefixedProperties properties = new PrefixedProperties(this.environment, prefix);
		MisspelledProperties.reject(this.environment, properties);
		ConfigValue url = properties.findValue(ClientProperties.URL);
		if (url == null) {
			MisspelledProperties.rejectOtherUrl(properties);
			throw properties.missing(ClientProperties.URL,
					"Set " + properties.propertyName(ClientProperties.URL)
							+ " to the client's Redis, such as redis://host:6379."
							+ RedisUrlParser.unlessOther(properties.client()));
		}
		ClientProperties.URL.parser().parse(url);
		ClientMode mode = properties.get(ClientProperties.MODE, RedisUrlParser.impliedMode(url));
		SentinelProperties sentinelKeys = new SentinelProperties(properties, mode);
		RedisUrl location = new RedisUrlParser(url, mode, sentinelKeys.master()).parse();
		sentinelKeys.checkSeeds(url, location);
		return new ClientConfig(properties.client(), mode,
				location.withCredentials(credentials(properties, location.credentials())),
				new Tls(properties.get(ClientProperties.SSL_VERIFY_HOSTNAME)),
				new PoolLimits(properties.get(ClientProperties.MAX_CONNECTIONS),
						properties.get(ClientProperties.MAX_CONNECTIONS_PER_NODE)),
				timeouts(properties),
				new ClusterOptions(readPreference(properties),
						properties.get(ClientProperties.SKIP_FULL_COVERAGE_CHECK),
						properties.get(ClientProperties.NODEMANAGER_FOLLOW_CLUSTER),
						properties.get(ClientProperties.TOPOLOGY_REFRESH_PERIOD)),
				new SampleRates(properties.get(ClientProperties.TRACK_KEY_READS_SAMPLE_RATE),
						properties.get(ClientProperties.TRACK_KEY_WRITES_SAMPLE_RATE)),
				hotKeys(properties), slowCalls(properties), new RetryProperties(properties).read(),
				sentinelKeys.read(location.tls()), penaltyBox(properties), properties.get(ClientProperties.CLIENT_NAME),
				properties.get(ClientProperties.CLIENT_SET_NAME), properties.get(ClientProperties.STARTUP));
	}

	/**
	 * Return what holds for one client, for people who look at it.
	 * @param prefix a prefix that ends in a dot, such as {@code foo.}
	 * @return an entry for each key, in the order of the documentation, with the value
	 * that is set or the default
	 * @throws InvalidClientConfigException if a value under the prefix is invalid
	 */
	public List<ConfigEntry> entries(String prefix) {
		ClientConfig config = read(prefix);
		PrefixedProperties properties = new PrefixedProperties(this.environment, prefix);
		return ClientProperties.all().stream().map((key) -> ConfigEntry.of(key, properties, config)).toList();
	}

	// baseplate's rule: the wait for the pool, if set, is the default of the other two.
	private static Timeouts timeouts(PrefixedProperties properties) {
		Duration timeout = properties.find(ClientProperties.TIMEOUT);
		Timeouts timeouts = new Timeouts(properties.get(ClientProperties.TIMEOUT),
				properties.get(ClientProperties.SOCKET_CONNECT_TIMEOUT, timeout),
				properties.get(ClientProperties.SOCKET_TIMEOUT, timeout));
		Duration shutdown = properties.find(ClientProperties.SHUTDOWN_TIMEOUT);
		return (shutdown != null) ? new Timeouts(timeouts.poolWait(), timeouts.connect(), timeouts.socket(), shutdown)
				: timeouts;
	}

	private static HotKeys hotKeys(PrefixedProperties properties) {
		return new HotKeys(properties.get(ClientProperties.HOT_KEYS_FLUSH_INTERVAL),
				properties.get(ClientProperties.HOT_KEYS_CAPACITY),
				properties.get(ClientProperties.HOT_KEYS_MAX_KEY_LENGTH),
				properties.get(ClientProperties.HOT_KEYS_TRACK_SIZES),
				properties.get(ClientProperties.HOT_KEYS_ALERT_SHARE),
				properties.get(ClientProperties.HOT_KEYS_TAG_TOP));
	}

	private static SlowCalls slowCalls(PrefixedProperties properties) {
		return new SlowCalls(properties.get(ClientProperties.SLOW_CALLS_CAPACITY),
				properties.get(ClientProperties.SLOW_CALLS_THRESHOLD));
	}

	private static PenaltyBox penaltyBox(PrefixedProperties properties) {
		Duration minWait = properties.get(ClientProperties.PENALTY_BOX_MIN_WAIT);
		Duration maxWait = properties.atLeast(ClientProperties.PENALTY_BOX_MAX_WAIT,
				ClientProperties.PENALTY_BOX_MIN_WAIT, minWait);
		return new PenaltyBox(minWait, maxWait, properties.get(ClientProperties.PENALTY_BOX_MULTIPLIER),
				properties.get(ClientProperties.PENALTY_BOX_FAILURE_THRESHOLD),
				properties.get(ClientProperties.PENALTY_BOX_MAX_EJECTED));
	}

	private static ReadPreference readPreference(PrefixedProperties properties) {
		boolean replicas = properties.get(ClientProperties.READ_FROM_REPLICAS);
		return properties.get(ClientProperties.READ_PREFERENCE, replicas ? ReadPreference.ANY : null);
	}

	private static Credentials credentials(PrefixedProperties properties, Credentials fromUrl) {
		String username = properties.find(ClientProperties.USERNAME);
		String password = properties.find(ClientProperties.PASSWORD);
		Credentials credentials = new Credentials((username != null) ? username : fromUrl.username(),
				(password != null) ? password : fromUrl.password());
		if (credentials.username() != null && credentials.password() == null) {
			throw properties.missing(ClientProperties.PASSWORD,
					"Set " + properties.propertyName(ClientProperties.PASSWORD)
							+ ", or remove the user name: Redis requires both or neither.");
		}
		return credentials;
	}

}
