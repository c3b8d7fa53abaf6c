package io.github.hotplate.subscription;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.HostAndPort;

/**
 * The nodes that a subscription may listen to.
 */
interface Scope {

	/**
	 * Return the node for channels that any node serves.
	 * @param current the node so far, or {@code null} if it was lost
	 * @return the same node while it is a primary, otherwise another one
	 * @throws DataAccessException if there is none
	 */
	HostAndPort home(@Nullable HostAndPort current);

	/**
	 * Return the nodes that publish events of keys.
	 * @return the primaries
	 */
	List<HostAndPort> primaries();

	/**
	 * Return the node that serves a shard channel.
	 * @param channel the channel
	 * @return the primary of its slot
	 * @throws DataAccessException if no node serves the slot
	 */
	HostAndPort owner(byte[] channel);

	/**
	 * Tell whether a lost node has no substitute.
	 * @return whether the subscription ends with its connection
	 */
	default boolean isOneNodeOnly() {
		return false;
	}

}
