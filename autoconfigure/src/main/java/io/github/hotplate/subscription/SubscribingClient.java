package io.github.hotplate.subscription;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * What all subscriptions of a client share. Thread-safe. Called under the locks of
 * subscriptions, so nothing may block.
 */
interface SubscribingClient {

	/**
	 * Connect to a node.
	 * @param node the node
	 * @param owner what the leg belongs to
	 * @return the leg, which tells when it is connected
	 */
	Leg startLeg(HostAndPort node, Leg.Owner owner);

	/**
	 * Run a task in the background.
	 * @param task the task
	 * @param delay when to run it
	 */
	void later(Runnable task, Duration delay);

	/**
	 * Request a topology refresh in the background.
	 */
	void requestRefresh();

	/**
	 * Return the time.
	 * @return nanoseconds from any origin
	 */
	long now();

	/**
	 * Note that a node does not serve a subscription anymore.
	 * @param node the node
	 * @param cause the reason
	 */
	void lost(HostAndPort node, RuntimeException cause);

	/**
	 * Note that a node serves what another, or another connection, has served before.
	 * @param node the node
	 */
	void renewed(HostAndPort node);

	/**
	 * Note that a subscription is still not complete.
	 * @param cause the last failure, if any
	 */
	void failing(@Nullable RuntimeException cause);

}
