package io.github.hotplate.execution;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.KeySlots;

/**
 * Lends connections to what needs one of its own for a while: transactions that watch
 * keys, and subscriptions. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ConnectionSource {

	/**
	 * Return which keys belong together.
	 * @return the slots that {@link #borrow(int)} understands
	 */
	KeySlots keySlots();

	/**
	 * Tell whether a node is among those that the client uses.
	 * @param node the address of the node
	 * @return whether it is a primary or a replica as far as the client knows
	 */
	boolean knows(HostAndPort node);

	/**
	 * Borrow a connection to any node that takes writes.
	 * @return a connection that the caller closes
	 */
	Connection borrow();

	/**
	 * Borrow a connection to the node that takes writes for a slot.
	 * @param slot the slot of a key
	 * @return a connection that the caller closes
	 */
	Connection borrow(int slot);

	/**
	 * Borrow a connection to a node.
	 * @param node the address of the node
	 * @return a connection that the caller closes
	 */
	Connection borrow(HostAndPort node);

	/**
	 * Return where subscriptions get their connections.
	 * @return a source for the same nodes
	 */
	SubscriptionSource subscriptions();

}
