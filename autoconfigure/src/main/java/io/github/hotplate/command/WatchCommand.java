package io.github.hotplate.command;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Builder;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

/**
 * The first {@code WATCH} of a transaction. Nothing is watched before it succeeds, so it
 * is retried and redirected like any other command. Its reply is the connection that
 * watches the keys, which the caller then keeps and closes.
 *
 * @since 0.1.0
 */
public final class WatchCommand extends CommandObject<Connection> {

	private final int slot;

	private final @Nullable HostAndPort node;

	/**
	 * Create a command for the primary of a slot.
	 * @param arguments the command with its keys
	 * @param slot the slot of the keys, or {@link CommandKeys#NO_SLOT}
	 */
	public WatchCommand(CommandArguments arguments, int slot) {
		this(arguments, slot, null);
	}

	private WatchCommand(CommandArguments arguments, int slot, @Nullable HostAndPort node) {
		super(arguments, new Held());
		this.slot = slot;
		this.node = node;
	}

	/**
	 * Return the same command for the primary of another slot.
	 * @param slot the slot
	 * @return a new command
	 */
	public WatchCommand forSlot(int slot) {
		return new WatchCommand(getArguments(), slot);
	}

	/**
	 * Return the same command for one node.
	 * @param node the node
	 * @return a new command
	 */
	public WatchCommand forNode(HostAndPort node) {
		return new WatchCommand(getArguments(), this.slot, node);
	}

	public int getSlot() {
		return this.slot;
	}

	/**
	 * Return the node to send the command to.
	 * @return the node, or {@code null} to let the slot decide
	 */
	public @Nullable HostAndPort getNode() {
		return this.node;
	}

	private static final class Held extends Builder<Connection> {

		@Override
		public Connection build(Object connection) {
			return (Connection) connection;
		}

	}

}
