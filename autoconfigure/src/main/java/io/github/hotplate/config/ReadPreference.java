package io.github.hotplate.config;

/**
 * Which nodes answer commands that only read.
 *
 * @since 0.1.0
 */
public enum ReadPreference {

	/**
	 * The primary, so that a reader sees its own writes.
	 */
	PRIMARY,

	/**
	 * The primary and its replicas alike.
	 */
	ANY,

	/**
	 * The replicas alone, and the primary only where none of them is fit.
	 */
	REPLICA,

	/**
	 * The replicas, and the primary as soon as one of them fails.
	 */
	REPLICA_PREFERRED,

	/**
	 * Whichever of them answers fastest.
	 */
	NEAREST

}
