package io.github.hotplate.execution;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

/**
 * Opens connections for subscriptions. What is read from such a connection comes from as
 * many nodes as it takes, and goes on when one of them is replaced. Thread-safe.
 *
 * @since 0.1.0
 */
public interface SubscriptionSource {

	/**
	 * Open a connection for one subscription.
	 * @param commands runs the commands that are sent on it
	 * @return a connection that the caller closes
	 */
	Connection open(CommandExecutor commands);

	/**
	 * Return a source for subscriptions on the node that takes writes for a slot.
	 * @param slot the slot
	 * @return a source whose subscriptions follow the slot
	 */
	SubscriptionSource onSlot(int slot);

	/**
	 * Return a source for subscriptions on one node.
	 * @param node the address of the node
	 * @return a source whose subscriptions end when their connection is lost
	 */
	SubscriptionSource onNode(HostAndPort node);

	/**
	 * Return a source for shard channels, which the node of their slot serves.
	 * @return a source that takes channels for shard channels
	 */
	SubscriptionSource ofShardChannels();

}
