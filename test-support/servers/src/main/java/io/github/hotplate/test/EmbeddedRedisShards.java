package io.github.hotplate.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Redis servers that know nothing of each other, for clients that spread the keys
 * themselves.
 *
 * @since 0.1.0
 */
public final class EmbeddedRedisShards extends EmbeddedRedis {

	private final int servers;

	private EmbeddedRedisShards(ServerSettings settings, Builder builder) {
		super(settings);
		this.servers = builder.servers;
	}

	/**
	 * Begin to describe the servers: three, unless chosen otherwise.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a URL that names all servers in the order of {@link #nodes()},
	 * {@code redis://127.0.0.1:port,127.0.0.1:port...} ({@code rediss://} with TLS). It
	 * never holds a password.
	 */
	@Override
	public String url() {
		return settings().scheme() + "://" + addresses(nodes());
	}

	@Override
	List<RedisNode> form(NodeGroup group) {
		return group.launch(this.servers, settings(), settings()::dataNode);
	}

	@Override
	@Nullable String obstacle() {
		return nodes().stream()
			.filter((node) -> !node.isRunning())
			.findFirst()
			.map((node) -> node + " does not run")
			.orElse(null);
	}

	@Override
	public String toString() {
		return this.servers + " independent Redis servers";
	}

	/**
	 * Builds {@link EmbeddedRedisShards}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends EmbeddedRedisBuilder<Builder, EmbeddedRedisShards> {

		private int servers = 3;

		private Builder() {
		}

		/**
		 * Choose the number of servers.
		 * @param servers at least 1
		 * @return this builder
		 */
		public Builder servers(int servers) {
			this.servers = requireAtLeast(1, "servers", servers);
			return this;
		}

		@Override
		public EmbeddedRedisShards build() {
			return new EmbeddedRedisShards(settings(), this);
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
