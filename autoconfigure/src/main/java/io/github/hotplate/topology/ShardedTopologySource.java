package io.github.hotplate.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.health.PenalizedShards;
import io.github.hotplate.penalty.ActiveShards;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodeConnector;
import io.github.hotplate.pool.PooledConnection;

/**
 * The topology of a sharded client, whose servers do not know each other: the configured
 * servers without those in the penalty box. It needs no server's answer, so it is always
 * current.
 */
public final class ShardedTopologySource implements TopologySource {

	private static final Logger logger = LoggerFactory.getLogger(ShardedTopologySource.class);

	private final String client;

	private final ConnectionPools pools;

	private final PenalizedShards penalties;

	private final KeySlots slots;

	private final List<Shard> shards;

	// Only read() uses it, and LiveTopology never calls that from two threads at a time.
	private boolean visited;

	private volatile @Nullable View view;

	public ShardedTopologySource(String client, List<HostAndPort> servers, ConnectionPools pools,
			PenalizedShards penalties) {
		this.client = client;
		this.pools = pools;
		this.penalties = penalties;
		this.slots = new ShardSlots(servers);
		this.shards = servers.stream()
			.map((server) -> new Node("", server.getHost(), server.getPort()))
			.map((node) -> new Shard(List.of(), node, List.of()))
			.toList();
	}

	@Override
	public KeySlots keySlots() {
		return this.slots;
	}

	/**
	 * Contact all servers on the first call. A server that does not answer is treated
	 * like any failed server.
	 * @throws ClusterDownException if no server answers; their failures are suppressed
	 * @throws ServerModeException if a server is a Sentinel, or if two are the same
	 */
	@Override
	public Topology read(Topology known) {
		if (!this.visited) {
			this.visited = true;
			visit();
		}
		return current(known);
	}

	private void visit() {
		Map<HostAndPort, ServerInfo> answers = new LinkedHashMap<>();
		List<RuntimeException> failures = new ArrayList<>();
		for (Shard shard : this.shards) {
			HostAndPort server = shard.primary().address();
			try (PooledConnection connection = this.pools.get(server).borrowForClient(this.pools.maxWait())) {
				answers.put(server, ServerInfo.of(connection));
			}
			catch (JedisException | DataAccessException ex) {
				failures.add(ex);
				// Once for each server, since servers are visited once.
				logger.warn("Client '{}' cannot use {} at its start: {}", this.client, server, ex.getMessage());
				this.penalties.failed(server, ex);
			}
		}
		checkServers(answers);
		if (answers.isEmpty() || failures.stream().anyMatch(NodeConnector::isRejectedLogin)) {
			ClusterDownException failure = new ClusterDownException("No server of client '" + this.client
					+ "' can be used: " + failures.get(failures.size() - 1).getMessage(),
					failures.get(failures.size() - 1));
			failures.forEach(failure::addSuppressed);
			throw failure;
		}
	}

	private void checkServers(Map<HostAndPort, ServerInfo> answers) {
		List<HostAndPort> clustered = new ArrayList<>();
		Map<String, HostAndPort> known = new HashMap<>();
		answers.forEach((server, info) -> {
			switch (info.mode()) {
				case CLUSTER -> clustered.add(server);
				case SENTINEL -> ServerMode.SENTINEL.checkStandalone(this.client, server);
				case STANDALONE -> {
				}
			}
			HostAndPort same = info.runId().isEmpty() ? null : known.putIfAbsent(info.runId(), server);
			if (same != null) {
				throw new ServerModeException(
						same + " and " + server + " of Redis client '" + this.client + "' are the same server",
						"Write each server in " + this.client + ".url once, under one of its names");
			}
		});
		if (!clustered.isEmpty()) {
			logger.warn(
					"Client '{}' has mode sharded, but {} in cluster mode: keys are placed twice, first by this client "
							+ "and then by the cluster, which redirects most commands and refuses those with several "
							+ "keys. Set {}.mode to cluster, or use servers that are not in cluster mode",
					this.client, clustered + ((clustered.size() == 1) ? " is" : " are"), this.client);
		}
	}

	@Override
	public Topology current(Topology learned) {
		ActiveShards active = this.penalties.box().active();
		View known = this.view;
		if (known == null || known.active() != active) {
			known = new View(active, topology(active));
			this.view = known;
		}
		return Objects.requireNonNull(known).topology();
	}

	private Topology topology(ActiveShards active) {
		boolean empty = active.activeCount() == 0;
		return new Topology(this.shards, active.active().mapToObj(this.shards::get).toList(),
				(slot) -> empty ? null : this.shards.get(active.select(slot)), empty ? 0 : CommandKeys.SLOTS);
	}

	/**
	 * The topology for a set of shards in use.
	 */
	private record View(ActiveShards active, Topology topology) {

	}

}
