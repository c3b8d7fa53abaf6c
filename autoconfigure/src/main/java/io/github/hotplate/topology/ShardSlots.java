package io.github.hotplate.topology;

import java.nio.charset.StandardCharsets;
import java.util.List;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.ConnectionBoundCommand;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.penalty.ShardPlacement;
import io.github.hotplate.pool.PooledConnection;

/**
 * The slots of a sharded client, by fluster's placement, which ignores hash tags.
 */
public final class ShardSlots implements KeySlots {

	private final List<HostAndPort> servers;

	private final ShardPlacement placement;

	/**
	 * Create the slots of servers.
	 * @param servers the servers in their order, at least one
	 */
	public ShardSlots(List<HostAndPort> servers) {
		this.servers = List.copyOf(servers);
		this.placement = new ShardPlacement(servers.size());
	}

	@Override
	public int slot(Object key) {
		return this.placement
			.slot((key instanceof byte[] bytes) ? bytes : ((String) key).getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public int placeOf(CommandObject<?> command) {
		if (command instanceof NodeBoundCommand<?> pinned) {
			return slotOf(pinned.getNode());
		}
		if (command instanceof ConnectionBoundCommand<?> watching) {
			return slotOf(watching.getConnection());
		}
		if (command instanceof TransactionCommand transaction) {
			Connection watching = transaction.getConnection();
			return (watching != null) ? slotOf(watching) : transaction.getSlot();
		}
		return KeySlots.super.placeOf(command);
	}

	private int slotOf(Connection held) {
		return (held instanceof PooledConnection connection) ? slotOf(connection.address()) : CommandKeys.NO_SLOT;
	}

	// The index of a server is one of its slots, since the number of slots is a multiple
	// of the number of servers.
	private int slotOf(HostAndPort server) {
		int position = this.servers.indexOf(server);
		return (position >= 0) ? position : CommandKeys.NO_SLOT;
	}

	@Override
	public int heatBuckets() {
		return this.placement.slots(CommandKeys.SLOTS);
	}

	@Override
	public boolean messagesReachOneServerOnly() {
		return true;
	}

	@Override
	public String remedy() {
		return "Use a client of the ShardedRedisCluster, which sends all keys to the node of one shard key";
	}

}
