package io.github.hotplate.command;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

/**
 * A command for one node, regardless of its keys.
 *
 * @param <T> the type of the reply
 * @since 0.1.0
 */
public final class NodeBoundCommand<T> extends CommandObject<T> {

	private final HostAndPort node;

	public NodeBoundCommand(CommandObject<T> command, HostAndPort node) {
		super(command.getArguments(), command.getBuilder());
		this.node = node;
	}

	/**
	 * Return the node to send the command to.
	 * @return the node's address
	 */
	public HostAndPort getNode() {
		return this.node;
	}

}
