package io.github.hotplate.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A primary with replicas, watched over by Redis Sentinels.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/">Redis
 * Sentinel</a>
 */
public final class EmbeddedRedisSentinel extends EmbeddedRedis {

	private static final Duration LINK_TIMEOUT = Duration.ofSeconds(20);

	private final int replicas;

	private final int sentinelCount;

	private final String masterName;

	private final Duration downAfter;

	private final @Nullable String sentinelPassword;

	private volatile List<RedisNode> sentinels = List.of();

	private EmbeddedRedisSentinel(ServerSettings settings, Builder builder) {
		super(settings);
		this.replicas = builder.replicas;
		this.sentinelCount = builder.sentinels;
		this.masterName = builder.masterName;
		this.downAfter = builder.downAfter;
		this.sentinelPassword = builder.sentinelPassword;
	}

	/**
	 * Begin to describe a Sentinel group: a primary named {@code mymaster}, two replicas
	 * and three Sentinels, unless chosen otherwise.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a URL that names all Sentinels,
	 * {@code redis-sentinel://127.0.0.1:port,127.0.0.1:port.../mymaster}
	 * ({@code rediss-sentinel://} with TLS). It never holds a password.
	 */
	@Override
	public String url() {
		return settings().scheme() + "-sentinel://" + addresses(this.sentinels) + "/" + this.masterName;
	}

	/**
	 * Return the name by which clients ask for the primary.
	 * @return the name
	 */
	public String masterName() {
		return this.masterName;
	}

	/**
	 * Return the primary, dead or alive, as the Sentinels name it.
	 * @return the primary
	 */
	public RedisNode primary() {
		return watch().primary();
	}

	/**
	 * Return the data nodes other than the primary, dead or alive.
	 * @return the replicas
	 */
	public List<RedisNode> replicas() {
		RedisNode primary = primary();
		return nodes().stream().filter((node) -> node != primary).toList();
	}

	/**
	 * Return the Sentinels in the order of their start.
	 * @return the Sentinels, dead ones included
	 */
	public List<RedisNode> sentinels() {
		return this.sentinels;
	}

	/**
	 * Have the Sentinels promote a replica of their choice, whether or not the primary is
	 * well, and wait until all running Sentinels name it.
	 * @return the new primary
	 */
	public RedisNode failOver() {
		return watch().failOver();
	}

	private SentinelWatch watch() {
		return new SentinelWatch(this.masterName, nodes(), this.sentinels);
	}

	@Override
	List<RedisNode> form(NodeGroup group) {
		List<RedisNode> data = new ArrayList<>(group.launch(1, settings(), settings()::dataNode));
		RedisNode primary = data.get(0);
		data.addAll(group.launch(this.replicas, settings(),
				(port) -> settings().dataNode(port).add("replicaof", primary.host(), primary.port())));
		// A Sentinel that finds no replica at first looks again only after ten seconds.
		Await.until("the replicas of " + primary, LINK_TIMEOUT,
				() -> (ReplicationRole.of(primary).replicas() < this.replicas) ? "some are missing" : null);
		ServerSettings sentinelSettings = new ServerSettings(new Credentials(null, this.sentinelPassword),
				settings().tls(), List.of());
		this.sentinels = group.launch(this.sentinelCount, sentinelSettings,
				(port) -> sentinel(sentinelSettings, port, primary), "--sentinel");
		return List.copyOf(data);
	}

	private RedisConfig sentinel(ServerSettings sentinelSettings, int port, RedisNode primary) {
		RedisConfig config = sentinelSettings.listener(port);
		sentinelSettings.credentials().applyTo(config);
		if (this.sentinelPassword != null) {
			config.add("sentinel", "sentinel-pass", this.sentinelPassword);
		}
		int quorum = this.sentinelCount / 2 + 1;
		config.add("sentinel", "monitor", this.masterName, primary.host(), primary.port(), quorum);
		config.add("sentinel", "down-after-milliseconds", this.masterName, this.downAfter.toMillis());
		// Twice this passes between two attempts.
		config.add("sentinel", "failover-timeout", this.masterName, 3 * this.downAfter.toMillis());
		settings().credentials().applyToSentinel(config, this.masterName);
		return config;
	}

	@Override
	@Nullable String obstacle() {
		return new SentinelHealth(watch()).obstacle();
	}

	@Override
	public String toString() {
		return "Redis primary with %d replicas and %d Sentinels".formatted(this.replicas, this.sentinelCount);
	}

	/**
	 * Builds an {@link EmbeddedRedisSentinel}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends EmbeddedRedisBuilder<Builder, EmbeddedRedisSentinel> {

		private int replicas = 2;

		private int sentinels = 3;

		private String masterName = "mymaster";

		private Duration downAfter = Duration.ofSeconds(1);

		private @Nullable String sentinelPassword;

		private Builder() {
		}

		/**
		 * Choose the number of replicas.
		 * @param replicas at least 1
		 * @return this builder
		 */
		public Builder replicas(int replicas) {
			this.replicas = requireAtLeast(1, "replicas", replicas);
			return this;
		}

		/**
		 * Choose the number of Sentinels; more than half of them must agree on a
		 * failover.
		 * @param sentinels at least 1
		 * @return this builder
		 */
		public Builder sentinels(int sentinels) {
			this.sentinels = requireAtLeast(1, "sentinels", sentinels);
			return this;
		}

		/**
		 * Choose the name by which clients ask for the primary.
		 * @param masterName the name
		 * @return this builder
		 */
		public Builder masterName(String masterName) {
			this.masterName = requireText("masterName", masterName);
			return this;
		}

		/**
		 * Choose after what silence a server counts as down.
		 * @param downAfter the time-out, in whole milliseconds
		 * @return this builder
		 */
		public Builder downAfter(Duration downAfter) {
			requireAtLeast(1, "downAfter", Math.toIntExact(downAfter.toMillis()));
			this.downAfter = downAfter;
			return this;
		}

		/**
		 * Demand a password of the Sentinels' clients; it may differ from the data
		 * nodes'.
		 * @param sentinelPassword the password
		 * @return this builder
		 */
		public Builder sentinelPassword(String sentinelPassword) {
			this.sentinelPassword = requireText("sentinelPassword", sentinelPassword);
			return this;
		}

		@Override
		public EmbeddedRedisSentinel build() {
			return new EmbeddedRedisSentinel(settings(), this);
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
