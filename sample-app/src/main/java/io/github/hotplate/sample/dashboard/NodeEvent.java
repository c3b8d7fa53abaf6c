package io.github.hotplate.sample.dashboard;

/**
 * Something that happened to a node.
 *
 * @param time when it was noticed, in milliseconds since the epoch
 * @param host the node's host
 * @param port the node's port
 * @param kind what happened
 */
record NodeEvent(long time, String host, int port, Kind kind) {

	enum Kind {

		/**
		 * The node does not answer, or is not in use.
		 */
		LOST,

		/**
		 * The node is well again.
		 */
		RETURNED,

		/**
		 * A replica has become the primary.
		 */
		PROMOTED

	}

}
