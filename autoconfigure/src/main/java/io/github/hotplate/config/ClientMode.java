package io.github.hotplate.config;

import java.util.Locale;

/**
 * How the servers behind a client's URL work together.
 *
 * @since 0.1.0
 */
public enum ClientMode {

	/**
	 * Redis Cluster: the URL lists seed nodes.
	 */
	CLUSTER,

	/**
	 * Redis Sentinel: the URL lists Sentinels and the name of their primary.
	 */
	SENTINEL,

	/**
	 * A single server.
	 */
	STANDALONE,

	/**
	 * Independent servers among which the client distributes keys.
	 */
	SHARDED;

	/**
	 * The mode as written in the configuration and in the metrics tag {@code redis_type}.
	 * @return the name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
