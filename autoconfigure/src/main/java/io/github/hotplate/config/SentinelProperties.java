package io.github.hotplate.config;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.config.ClientConfig.Sentinel;

/**
 * The keys of a client that are only supported in sentinel mode. In other modes they are
 * errors: with {@code master} set and the mode forgotten, the client would treat a
 * Sentinel as a data node.
 */
final class SentinelProperties {

	private final PrefixedProperties properties;

	private final ClientMode mode;

	SentinelProperties(PrefixedProperties properties, ClientMode mode) {
		this.properties = properties;
		this.mode = mode;
		if (mode != ClientMode.SENTINEL) {
			List.of(ClientProperties.MASTER, ClientProperties.SENTINEL_USERNAME, ClientProperties.SENTINEL_PASSWORD,
					ClientProperties.SENTINEL_TLS, ClientProperties.SENTINEL_ALLOW_SINGLE)
				.forEach(this::reject);
		}
	}

	private void reject(ConfigProperty<?> key) {
		ConfigValue value = this.properties.findValue(key);
		if (value != null) {
			throw value.invalid("only supported in mode sentinel",
					"Set " + this.properties.propertyName(ClientProperties.MODE) + " to sentinel, or remove "
							+ this.properties.propertyName(key) + ".");
		}
	}

	/**
	 * Return the name of the primary.
	 * @return the name, or {@code null} to take it from the URL
	 */
	@Nullable String master() {
		String master = this.properties.find(ClientProperties.MASTER);
		return (master != null) ? master.strip() : null;
	}

	/**
	 * Check that the URL lists more than one Sentinel. With a single one, the client
	 * could neither start nor notice a failover while it is down.
	 * @param url the URL
	 * @param location the parsed URL
	 */
	void checkSeeds(ConfigValue url, RedisUrl location) {
		if (this.mode == ClientMode.SENTINEL && location.seeds().size() == 1
				&& !this.properties.get(ClientProperties.SENTINEL_ALLOW_SINGLE)) {
			throw url.invalid("only one Sentinel",
					"List all Sentinels in " + url.key()
							+ ", such as redis-sentinel://host:26379,host:26379,host:26379/primary, or set "
							+ this.properties.propertyName(ClientProperties.SENTINEL_ALLOW_SINGLE)
							+ " to true if one host name stands for all of them.");
		}
	}

	Sentinel read(boolean tls) {
		String username = this.properties.find(ClientProperties.SENTINEL_USERNAME);
		String password = this.properties.find(ClientProperties.SENTINEL_PASSWORD);
		if (username != null && password == null) {
			throw this.properties.missing(ClientProperties.SENTINEL_PASSWORD,
					"Set " + this.properties.propertyName(ClientProperties.SENTINEL_PASSWORD)
							+ ", or remove the user name: Sentinel requires both or neither.");
		}
		return new Sentinel(new Credentials(username, password),
				this.properties.get(ClientProperties.SENTINEL_TLS, tls));
	}

}
