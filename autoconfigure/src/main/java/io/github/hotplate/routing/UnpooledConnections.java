package io.github.hotplate.routing;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.pool.Alive;
import io.github.hotplate.pool.NodeSocketFactory;
import io.github.hotplate.pool.ShortTimeouts;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.Topology;

/**
 * Opens connections to the nodes of a client outside of its pool.
 */
public final class UnpooledConnections implements DedicatedConnections {

	private final JedisClientConfig config;

	private final KeySlots slots;

	private final Supplier<Topology> topology;

	private final Runnable refresh;

	/**
	 * Create an instance.
	 * @param config how connections are made
	 * @param slots which keys belong together
	 * @param topology the topology as it is known at the moment
	 * @param refresh requests a topology refresh
	 */
	public UnpooledConnections(JedisClientConfig config, KeySlots slots, Supplier<Topology> topology,
			Runnable refresh) {
		this.config = config;
		this.slots = slots;
		this.topology = topology;
		this.refresh = refresh;
	}

	@Override
	public List<HostAndPort> primaries() {
		return this.topology.get().shards().stream().map((shard) -> shard.primary().address()).toList();
	}

	@Override
	public KeySlots keySlots() {
		return this.slots;
	}

	@Override
	public @Nullable HostAndPort primaryOf(int slot) {
		Shard shard = this.topology.get().shardOf(slot);
		return (shard != null) ? shard.primary().address() : null;
	}

	@Override
	public Connection open(HostAndPort node, Duration timeout) {
		JedisClientConfig brief = ShortTimeouts.limit(this.config, Math.toIntExact(timeout.toMillis()));
		Connection connection = new Connection(new NodeSocketFactory(node, brief), brief);
		boolean verified = false;
		try {
			Alive.check(connection);
			verified = true;
			return connection;
		}
		finally {
			if (!verified) {
				connection.close();
			}
		}
	}

	@Override
	public void requestRefresh() {
		this.refresh.run();
	}

}
