package io.github.hotplate.config;

import java.util.Locale;

/**
 * How the servers behind a client's URL work together.
 *
 * @since 0.1.0
 */
public enum ClientMode {

	/**
	 * Redis Cluster: the URL names seed nodes.
	 */
	CLUSTER,

	/**
	 * Redis Sentinel: the URL names sentinels and the primary they watch.
	 */
	SENTINEL,

	/**
	 * A single server.
	 */
	STANDALONE,

	/**
	 * Independent servers, among which the client spreads the keys.
	 */
	SHARDED;

	/**
	 * The mode as it is written in the configuration and in the metrics' tag
	 * {@code redis_type}.
	 * @return the name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
