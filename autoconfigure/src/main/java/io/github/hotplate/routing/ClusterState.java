package io.github.hotplate.routing;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.topology.Topology;

/**
 * Asks nodes that refused commands whether the cluster has recovered. Thread-safe.
 *
 * @see <a href="https://redis.io/docs/latest/commands/cluster-info/">CLUSTER INFO</a>
 */
public final class ClusterState {

	private final Supplier<Topology> topology;

	private final EjectedNodes ejected;

	private final NodeConnectionProvider connections;

	private final Runnable refresh;

	/**
	 * Create an instance.
	 * @param topology the topology of the moment
	 * @param ejected the nodes to skip
	 * @param connections reaches the nodes
	 * @param refresh requests a topology refresh
	 */
	public ClusterState(Supplier<Topology> topology, EjectedNodes ejected, NodeConnectionProvider connections,
			Runnable refresh) {
		this.topology = topology;
		this.ejected = ejected;
		this.connections = connections;
		this.refresh = refresh;
	}

	/**
	 * Tell whether commands can stop waiting for a node.
	 * @param node the node
	 * @return whether it accepts commands, or is no longer a primary in use
	 */
	public boolean takesCommands(HostAndPort node) {
		this.refresh.run();
		if (!this.topology.get().primaries().contains(node) || this.ejected.contains(node)) {
			// Waiting commands must be routed again.
			return true;
		}
		try (PooledConnection connection = this.connections.tryBorrowForClient(node)) {
			return connection != null && isOk(connection);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private static boolean isOk(PooledConnection connection) {
		Object info = connection.executeCommand(new CommandArguments(Command.CLUSTER).add("INFO"));
		return new String((byte[]) info, StandardCharsets.US_ASCII).contains("cluster_state:ok");
	}

}
