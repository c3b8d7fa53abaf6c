package io.github.hotplate.config;

/**
 * Which nodes serve read commands.
 *
 * @since 0.1.0
 */
public enum ReadPreference {

	/**
	 * Primaries only, so that a client reads its own writes.
	 */
	PRIMARY,

	/**
	 * Primaries and replicas alike.
	 */
	ANY,

	/**
	 * Replicas, or the primary if no replica is usable.
	 */
	REPLICA,

	/**
	 * Replicas, or the primary as soon as a replica fails.
	 */
	REPLICA_PREFERRED,

	/**
	 * The node with the shortest response time.
	 */
	NEAREST

}
