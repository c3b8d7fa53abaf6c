package io.github.hotplate.topology;

import java.util.Locale;

/**
 * What makes a client learn its topology again. A request made while another is pending
 * joins it, and the refresh counts for the reason that came first.
 *
 * @since 0.1.0
 */
public enum RefreshReason {

	/**
	 * The client starts.
	 */
	START,

	/**
	 * The time {@code topology_refresh_period} has passed.
	 */
	PERIOD,

	/**
	 * A user asked for it.
	 */
	REQUEST,

	/**
	 * A node redirected a command because its slot has moved.
	 */
	MOVED,

	/**
	 * A node that was a primary takes no writes anymore.
	 */
	DEMOTED,

	/**
	 * A node said that the cluster is down.
	 */
	CLUSTER_DOWN,

	/**
	 * A node is loading its data, or is a replica that has lost its primary.
	 */
	STALE,

	/**
	 * A node could not be reached, lost a connection or did not answer in time.
	 */
	UNREACHABLE,

	/**
	 * A command is for a slot that no known node serves.
	 */
	UNCOVERED_SLOT,

	/**
	 * Commands wait for the end of a cluster's outage.
	 */
	RECOVERY,

	/**
	 * A Sentinel announced a change, or was silent for so long that one may have been
	 * missed.
	 */
	SENTINEL_NEWS,

	/**
	 * A server entered or left the penalty box.
	 */
	PENALTY_BOX,

	/**
	 * A subscription lost a node, or has heard of no change for long.
	 */
	SUBSCRIPTION,

	/**
	 * A scan over all nodes begins a round.
	 */
	SCAN,

	/**
	 * Health was asked for while the cluster is down.
	 */
	HEALTH,

	/**
	 * What counts hot keys cannot use a node.
	 */
	HOT_KEYS;

	private final String label = name().toLowerCase(Locale.ROOT);

	/**
	 * Return the reason as meters and the endpoint show it.
	 * @return the name in lower case
	 */
	public String label() {
		return this.label;
	}

}
