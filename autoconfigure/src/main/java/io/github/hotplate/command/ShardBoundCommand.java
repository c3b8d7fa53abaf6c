package io.github.hotplate.command;

import java.util.List;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

/**
 * A command for the primary of a shard, regardless of its keys. The shard is known by its
 * nodes, so that the command still finds it after a failover.
 *
 * @param <T> the type of the reply
 * @since 0.1.0
 */
public sealed class ShardBoundCommand<T> extends CommandObject<T> {

	private final List<HostAndPort> nodes;

	private final int slot;

	/**
	 * Create a command for a shard.
	 * @param command the command
	 * @param nodes the shard's primary and, after it, its replicas
	 * @param slot one of the shard's slots, in case that none of the nodes is left
	 */
	public ShardBoundCommand(CommandObject<T> command, List<HostAndPort> nodes, int slot) {
		super(command.getArguments(), command.getBuilder());
		this.nodes = List.copyOf(nodes);
		this.slot = slot;
	}

	/**
	 * Return the nodes of the shard when the command was made.
	 * @return their addresses, the primary first
	 */
	public final List<HostAndPort> getNodes() {
		return this.nodes;
	}

	/**
	 * Return a slot that the shard served when the command was made.
	 * @return the slot
	 */
	public final int getSlot() {
		return this.slot;
	}

	/**
	 * A command for a replica of a shard, which may run twice: where the shard has no
	 * such replica anymore, its primary gets the command.
	 *
	 * @param <T> the type of the reply
	 */
	public static final class OnReplica<T> extends ShardBoundCommand<T> {

		private final HostAndPort replica;

		/**
		 * Create a command for a replica.
		 * @param command the command
		 * @param replica the replica
		 * @param nodes the shard's primary and, after it, its replicas
		 * @param slot one of the shard's slots, in case that none of the nodes is left
		 */
		public OnReplica(CommandObject<T> command, HostAndPort replica, List<HostAndPort> nodes, int slot) {
			super(command, nodes, slot);
			this.replica = replica;
		}

		/**
		 * Return the replica.
		 * @return its address
		 */
		public HostAndPort getReplica() {
			return this.replica;
		}

	}

	/**
	 * One page of the keys of a shard. Its reply carries a cursor even if no more pages
	 * follow, which tells whether the page came from the server of the page before.
	 */
	public static final class Page extends ShardBoundCommand<Object> {

		public Page(CommandObject<Object> scan, List<HostAndPort> nodes, int slot) {
			super(scan, nodes, slot);
		}

	}

}
