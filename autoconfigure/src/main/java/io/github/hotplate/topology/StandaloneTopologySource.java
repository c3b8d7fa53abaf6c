package io.github.hotplate.topology;

import java.time.Duration;
import java.util.List;

import org.springframework.dao.DataAccessException;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.PooledConnection;

/**
 * The topology of a single server, once it has answered.
 */
public final class StandaloneTopologySource implements TopologySource {

	private final String client;

	private final HostAndPort server;

	private final ConnectionPools pools;

	public StandaloneTopologySource(String client, HostAndPort server, ConnectionPools pools) {
		this.client = client;
		this.server = server;
		this.pools = pools;
	}

	@Override
	public KeySlots keySlots() {
		return KeySlots.SINGLE;
	}

	/**
	 * Ask the server what it is, until it has answered once.
	 * @throws ClusterDownException if it does not answer; its failure is suppressed
	 * @throws ServerModeException if it is a cluster node or a Sentinel
	 */
	@Override
	public Topology read(Topology known) {
		if (!known.shards().isEmpty()) {
			return known;
		}
		try (PooledConnection connection = this.pools.get(this.server).borrowForClient(Duration.ZERO)) {
			ServerInfo.of(connection).mode().checkStandalone(this.client, this.server);
			return Topology.of(new Node("", this.server.getHost(), this.server.getPort()), List.of());
		}
		catch (ServerModeException ex) {
			throw ex;
		}
		catch (JedisException | DataAccessException ex) {
			ClusterDownException failure = new ClusterDownException(
					"The server of client '" + this.client + "' does not answer: " + ex.getMessage(), ex);
			failure.addSuppressed(ex);
			throw failure;
		}
	}

}
