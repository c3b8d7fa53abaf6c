package io.github.hotplate.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A Redis Cluster.
 * <p>
 * Three primaries and three replicas are ready some two seconds after the start, which is
 * the time for which Redis itself keeps a new primary from serving.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/"> Redis
 * Cluster specification</a>
 */
public final class EmbeddedRedisCluster extends EmbeddedRedis {

	private final int primaries;

	private final int replicasPerPrimary;

	private final Duration nodeTimeout;

	private final boolean proxied;

	private final Map<Integer, FaultProxy> proxies = new ConcurrentHashMap<>();

	private EmbeddedRedisCluster(ServerSettings settings, Builder builder) {
		super(settings);
		this.primaries = builder.primaries;
		this.replicasPerPrimary = builder.replicasPerPrimary;
		this.nodeTimeout = builder.nodeTimeout;
		this.proxied = builder.proxied;
	}

	/**
	 * Begin to describe a cluster: three primaries with one replica each, unless chosen
	 * otherwise.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a URL that names all nodes, {@code redis://127.0.0.1:port,127.0.0.1:port...}
	 * ({@code rediss://} with TLS), or their proxies. It never holds a password.
	 */
	@Override
	public String url() {
		return settings().scheme() + "://" + nodes().stream().map(this::announced).collect(Collectors.joining(","));
	}

	private String announced(RedisNode node) {
		return node.host() + ":" + node.announcedPort();
	}

	/**
	 * Return the proxy in front of a node.
	 * @param node the node
	 * @return its proxy
	 * @throws IllegalStateException if the cluster was built without
	 * {@link Builder#proxied(boolean) proxies}
	 */
	public FaultProxy proxyOf(RedisNode node) {
		FaultProxy proxy = this.proxies.get(node.port());
		if (proxy == null) {
			throw new IllegalStateException("The cluster has no proxies: build it with proxied(true)");
		}
		return proxy;
	}

	/**
	 * Return the primary that serves a key, dead or alive, as the running nodes see it.
	 * @param key the key
	 * @return its primary
	 */
	public RedisNode primaryOf(String key) {
		Object slot = running().execute("CLUSTER", "KEYSLOT", key);
		return primaryOfSlot(Math.toIntExact((Long) Objects.requireNonNull(slot)));
	}

	/**
	 * Return the primary that serves a slot, dead or alive, as the running nodes see it.
	 * @param slot the slot, from 0 to 16383
	 * @return its primary
	 */
	public RedisNode primaryOfSlot(int slot) {
		return SlotMap.of(running())
			.primaryOf(slot)
			.map(this::onPort)
			.orElseThrow(() -> new EmbeddedRedisException("No node serves slot " + slot));
	}

	/**
	 * Return the replicas of a primary, dead or alive, as the running nodes see it.
	 * @param primary the primary
	 * @return its replicas
	 * @throws redis.clients.jedis.exceptions.JedisDataException if it is not a primary
	 */
	public List<RedisNode> replicasOf(RedisNode primary) {
		return ClusterReplicas.of(primary, running(), nodes());
	}

	/**
	 * Make a replica the primary with {@code CLUSTER FAILOVER}, losing no write if the
	 * primary runs ({@code FORCE} is used if not), and wait until all running nodes know.
	 * This takes up to a second; a replica that Redis doesn't let stand for election yet,
	 * since its last one was within four node timeouts, is told to take over after 1.5
	 * seconds, during which its primary holds all writes.
	 * @param replica the replica to promote
	 * @throws EmbeddedRedisException if it is not promoted within 30 seconds
	 */
	public void failOver(RedisNode replica) {
		new ManualFailover(nodes(), replica).run();
	}

	/**
	 * Move slots and their keys from one primary to another while clients may go on, as
	 * {@code redis-cli --cluster reshard} does, and wait until all running nodes know.
	 * @param from the primary that serves the slots now
	 * @param to the primary to serve them
	 * @param first the first slot
	 * @param last the last slot, inclusive
	 */
	public void migrateSlots(RedisNode from, RedisNode to, int first, int last) {
		new SlotMigration(nodes(), from, to, settings().credentials()).move(first, last);
	}

	private RedisNode running() {
		return nodes().stream()
			.filter(RedisNode::isRunning)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No node of the cluster runs"));
	}

	private RedisNode onPort(int port) {
		return nodes().stream()
			.filter((node) -> node.announcedPort() == port)
			.findFirst()
			.orElseThrow(() -> new EmbeddedRedisException("No node of the cluster listens on port " + port));
	}

	@Override
	List<RedisNode> form(NodeGroup group) {
		List<RedisNode> launched = group.launch(this.primaries * (1 + this.replicasPerPrimary), settings(), this::node);
		if (this.proxied) {
			launched.forEach((node) -> node.announceAs(proxyOf(node).port()));
		}
		new ClusterFormation(launched, this.primaries).form();
		return launched;
	}

	private RedisConfig node(int port) {
		RedisConfig config = settings().dataNode(port)
			.add("cluster-enabled", "yes")
			.add("cluster-announce-ip", RedisNode.HOST)
			.add("cluster-node-timeout", this.nodeTimeout.toMillis());
		if (this.proxied) {
			FaultProxy proxy = this.proxies.computeIfAbsent(port, (own) -> FaultProxy.to(RedisNode.HOST, own));
			config.add((settings().tls() != null) ? "cluster-announce-tls-port" : "cluster-announce-port", proxy.port())
				.add("cluster-announce-bus-port", port + FreePorts.BUS_OFFSET);
		}
		return config;
	}

	@Override
	void closeOthers() {
		this.proxies.values().forEach(FaultProxy::close);
	}

	@Override
	@Nullable String obstacle() {
		return new ClusterHealth(nodes()).obstacle();
	}

	@Override
	public String toString() {
		return "Redis Cluster of %d primaries and %d replicas".formatted(this.primaries,
				this.primaries * this.replicasPerPrimary);
	}

	/**
	 * Builds an {@link EmbeddedRedisCluster}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends EmbeddedRedisBuilder<Builder, EmbeddedRedisCluster> {

		private int primaries = 3;

		private int replicasPerPrimary = 1;

		private Duration nodeTimeout = Duration.ofSeconds(2);

		private boolean proxied;

		private Builder() {
		}

		/**
		 * Choose the number of primaries; with fewer than three, no failover happens by
		 * itself.
		 * @param primaries at least 1
		 * @return this builder
		 */
		public Builder primaries(int primaries) {
			this.primaries = requireAtLeast(1, "primaries", primaries);
			return this;
		}

		/**
		 * Choose the number of replicas per primary.
		 * @param replicasPerPrimary at least 0
		 * @return this builder
		 */
		public Builder replicasPerPrimary(int replicasPerPrimary) {
			this.replicasPerPrimary = requireAtLeast(0, "replicasPerPrimary", replicasPerPrimary);
			return this;
		}

		/**
		 * Choose after what silence a node counts as failing. From the end of a primary
		 * to a writable replica it takes about a second more.
		 * @param nodeTimeout the time-out, in whole milliseconds
		 * @return this builder
		 */
		public Builder nodeTimeout(Duration nodeTimeout) {
			requireAtLeast(1, "nodeTimeout", Math.toIntExact(nodeTimeout.toMillis()));
			this.nodeTimeout = nodeTimeout;
			return this;
		}

		/**
		 * Choose whether clients, and replicas, reach each node through a
		 * {@link FaultProxy}. The nodes announce their proxies.
		 * @param proxied whether each node has a proxy
		 * @return this builder
		 * @see EmbeddedRedisCluster#proxyOf(RedisNode)
		 */
		public Builder proxied(boolean proxied) {
			this.proxied = proxied;
			return this;
		}

		@Override
		public EmbeddedRedisCluster build() {
			return new EmbeddedRedisCluster(settings(), this);
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
