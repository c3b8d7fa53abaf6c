package io.github.hotplate.execution;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.KeySlots;

/**
 * Opens connections for what a client does on its own account. They count towards no
 * limit, and what is sent on them passes no advice; neither do their failures make a node
 * suspect to the client's commands. Thread-safe.
 *
 * @since 0.1.0
 */
public interface DedicatedConnections {

	/**
	 * Return the nodes that take writes.
	 * @return their addresses; empty as long as none was ever reached
	 */
	List<HostAndPort> primaries();

	/**
	 * Return which keys belong together.
	 * @return the slots that {@link #primaryOf(int)} understands
	 */
	KeySlots keySlots();

	/**
	 * Return the node that takes writes for a slot.
	 * @param slot the slot of a key
	 * @return its address, or {@code null} where none is known
	 */
	@Nullable HostAndPort primaryOf(int slot);

	/**
	 * Open a connection.
	 * @param node the address of the node
	 * @param timeout how long to wait at most, for the connection and for each reply
	 * @return a connection that the caller closes
	 * @throws redis.clients.jedis.exceptions.JedisException if it could not be opened
	 */
	Connection open(HostAndPort node, Duration timeout);

	/**
	 * Request a topology refresh in the background.
	 */
	void requestRefresh();

}
