package io.github.hotplate.client;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.activity.ClientActivity;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.config.ReadPreference;
import io.github.hotplate.health.CallerRelease;
import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.health.PenalizedShards;
import io.github.hotplate.health.Silence;
import io.github.hotplate.health.UnresponsiveNodes;
import io.github.hotplate.penalty.PenaltyEvent;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.retry.RetryStatistics;
import io.github.hotplate.routing.ClusterState;
import io.github.hotplate.routing.CommandRouter;
import io.github.hotplate.routing.LentConnections;
import io.github.hotplate.routing.NodeConnectionProvider;
import io.github.hotplate.routing.NodeSelector;
import io.github.hotplate.routing.ReadRouting;
import io.github.hotplate.routing.Recoveries;
import io.github.hotplate.routing.ReplicaWatch;
import io.github.hotplate.routing.SlotMoves;
import io.github.hotplate.routing.TopologyFollower;
import io.github.hotplate.routing.UnpooledConnections;
import io.github.hotplate.sentinel.SentinelMonitor;
import io.github.hotplate.subscription.Subscriptions;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.Randoms;
import io.github.hotplate.topology.ClusterTopologySource;
import io.github.hotplate.topology.LearnedTopology;
import io.github.hotplate.topology.LiveTopology;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.NodeSurvey;
import io.github.hotplate.topology.RefreshReason;
import io.github.hotplate.topology.SentinelTopologySource;
import io.github.hotplate.topology.ShardedTopologySource;
import io.github.hotplate.topology.StandaloneTopologySource;
import io.github.hotplate.topology.TopologyRefresher;
import io.github.hotplate.topology.TopologySource;
import io.github.hotplate.topology.WrongServers;

/**
 * Wires and runs what takes a client's commands to its nodes, each part made of those
 * before it, from the pool at the bottom to the router at the top. Thread-safe.
 */
final class ClientAssembly implements AutoCloseable {

	private final ClientConfig config;

	private final ConnectionPools pools;

	private final BackgroundThread healthThread;

	private final @Nullable PenalizedShards penalties;

	private final EjectedNodes ejected;

	private final LiveTopology topology;

	private final Silence silence;

	private final ReplicaWatch replicas;

	private final @Nullable WrongServers wrongServers;

	private final NodeConnectionProvider connections;

	private final Recoveries recoveries;

	private final Subscriptions subscriptions;

	private final CommandRouter router;

	private final LentConnections lentConnections;

	private final UnpooledConnections unpooledConnections;

	private final NodeSurvey survey;

	private final KeySpecs keySpecs;

	private final RetryStatistics retryStatistics = new RetryStatistics();

	private final ClientActivity activity;

	ClientAssembly(ClientConfig config, JedisClientConfig jedisConfig, boolean requests, MonitoringFailures failures) {
		this.config = config;
		String client = config.name();
		this.activity = new ClientActivity(client, requests);
		ReadPreference readPreference = config.clusterOptions().readPreference();
		// Replicas outside of a cluster answer reads without being asked to.
		boolean readOnly = isMode(ClientMode.CLUSTER) && readPreference != ReadPreference.PRIMARY;
		this.pools = new ConnectionPools(client, config.poolLimits(), config.timeouts().poolWait(), jedisConfig,
				readOnly, failures);
		LearnedTopology learned = new LearnedTopology();
		this.healthThread = new BackgroundThread(client, "health");
		this.penalties = isMode(ClientMode.SHARDED) ? new PenalizedShards(config, this.pools, failures) : null;
		this.ejected = (this.penalties != null) ? this.penalties : new UnresponsiveNodes(client, this.pools,
				(node) -> learned.get().contains(node), this.healthThread, System::nanoTime);
		BackgroundThread topologyThread = new BackgroundThread(client, "topology");
		this.topology = new LiveTopology(client, source(jedisConfig, failures), learned, topologyThread, failures,
				System::nanoTime);
		this.silence = new Silence(client, this.pools, this.ejected,
				() -> this.topology.current().nodes().stream().map(Node::address).toList(), System::nanoTime);
		TopologyRefresher refresher = this.topology.refresher();
		// The refresh releases callers that wait for the shard; nothing else requests it.
		onPenalty((event) -> refresher.requestRefreshAfterNews(RefreshReason.PENALTY_BOX));
		this.replicas = new ReplicaWatch(client, this.pools, this.ejected, this.topology::current,
				isMode(ClientMode.CLUSTER) ? new SlotMoves(System::nanoTime) : null, this.healthThread,
				System::nanoTime);
		// Cluster nodes redirect, and are asked who they are.
		this.wrongServers = isMode(ClientMode.CLUSTER) ? null
				: new WrongServers(client, this.pools, this.ejected::contains, this.topology::current,
						config.clusterOptions().topologyRefreshPeriod(), new BackgroundThread(client, "servers"),
						System::nanoTime);
		boolean membersOnly = isMode(ClientMode.SENTINEL);
		this.connections = new NodeConnectionProvider(client, this.pools, this.ejected, this.replicas,
				refresher::requestRefresh, this::suspect, this.topology::current, membersOnly);
		ClusterState state = new ClusterState(this.topology::current, this.ejected, this.connections,
				() -> refresher.requestRefresh(RefreshReason.RECOVERY));
		this.recoveries = new Recoveries(topologyThread, state::takesCommands, System::nanoTime);
		NodeSelector selector = new NodeSelector(client, this.topology::current,
				new ReadRouting(readPreference, this.replicas, Randoms::index), this.ejected, refresher,
				Randoms::index);
		this.subscriptions = new Subscriptions(config, keySlots(), selector, this.connections, this.topology::current,
				() -> refresher.requestRefresh(RefreshReason.SUBSCRIPTION), this.pools.closing(), System::nanoTime);
		if (this.wrongServers != null) {
			this.wrongServers.onLeave(this.subscriptions::leave);
		}
		TopologyFollower follower = new TopologyFollower(this.pools, new CallerRelease(client, this.healthThread),
				this.recoveries, membersOnly);
		this.topology.onChange((former, current) -> {
			follower.topologyChanged(former, current);
			this.subscriptions.topologyChanged();
		});
		this.router = new CommandRouter(client, keySlots(), selector, this.connections, this.recoveries);
		this.lentConnections = new LentConnections(keySlots(), selector, this.connections, this.subscriptions);
		this.unpooledConnections = new UnpooledConnections(jedisConfig, keySlots(), this.topology::current,
				() -> refresher.requestRefresh(RefreshReason.HOT_KEYS));
		this.survey = new NodeSurvey(client, this.unpooledConnections);
		this.keySpecs = isMode(ClientMode.SHARDED) ? KeySpecs.required(this.router::executeCommand)
				: KeySpecs.optional(this.router::executeCommand);
	}

	private void suspect(HostAndPort server) {
		if (this.wrongServers != null) {
			this.wrongServers.suspect(server);
		}
	}

	private boolean isMode(ClientMode mode) {
		return this.config.mode() == mode;
	}

	private TopologySource source(JedisClientConfig jedisConfig, MonitoringFailures failures) {
		String client = this.config.name();
		List<HostAndPort> seeds = this.config.url().seeds();
		return switch (this.config.mode()) {
			case CLUSTER ->
				new ClusterTopologySource(client, seeds, this.config.clusterOptions().nodemanagerFollowCluster(),
						this.pools, this.ejected, new Random(), System::nanoTime);
			case STANDALONE -> new StandaloneTopologySource(client, seeds.get(0), this.pools);
			case SENTINEL -> new SentinelTopologySource(new SentinelMonitor(this.config, jedisConfig, failures));
			case SHARDED ->
				new ShardedTopologySource(client, seeds, this.pools, Objects.requireNonNull(this.penalties));
		};
	}

	/**
	 * Keep the topology and the health of the nodes current from now on.
	 */
	void startBackgroundWork() {
		this.topology.start(this.config.clusterOptions().topologyRefreshPeriod());
		this.pools.watchIdle(this.healthThread);
		if (this.config.clusterOptions().readPreference() != ReadPreference.PRIMARY) {
			this.replicas.start();
		}
		if (this.wrongServers != null) {
			this.wrongServers.start();
		}
	}

	ClientConfig config() {
		return this.config;
	}

	ConnectionPools pools() {
		return this.pools;
	}

	LiveTopology topology() {
		return this.topology;
	}

	EjectedNodes ejected() {
		return this.ejected;
	}

	Silence silence() {
		return this.silence;
	}

	@Nullable PenalizedShards penalties() {
		return this.penalties;
	}

	void onPenalty(Consumer<PenaltyEvent> listener) {
		if (this.penalties != null) {
			this.penalties.addListener(listener);
		}
	}

	NodeConnectionProvider connections() {
		return this.connections;
	}

	KeySlots keySlots() {
		return this.topology.keySlots();
	}

	Subscriptions subscriptions() {
		return this.subscriptions;
	}

	CommandRouter router() {
		return this.router;
	}

	LentConnections lentConnections() {
		return this.lentConnections;
	}

	UnpooledConnections unpooledConnections() {
		return this.unpooledConnections;
	}

	NodeSurvey survey() {
		return this.survey;
	}

	KeySpecs keySpecs() {
		return this.keySpecs;
	}

	RetryStatistics retryStatistics() {
		return this.retryStatistics;
	}

	ClientActivity activity() {
		return this.activity;
	}

	/**
	 * End blocking commands and subscriptions.
	 */
	void endWaits() {
		this.pools.closing().endWaits();
		this.subscriptions.endAll();
	}

	/**
	 * Refuse commands, release callers that wait, stop the background threads, and close
	 * all connections once their commands have ended or {@code shutdown_timeout} is over.
	 */
	@Override
	public void close() {
		this.pools.closing().close();
		this.recoveries.close();
		this.subscriptions.close();
		if (this.penalties != null) {
			this.penalties.close();
		}
		if (this.wrongServers != null) {
			this.wrongServers.close();
		}
		this.topology.close();
		this.silence.close();
		this.survey.close();
		this.healthThread.close();
		this.pools.close(this.config.timeouts().shutdown());
	}

}
