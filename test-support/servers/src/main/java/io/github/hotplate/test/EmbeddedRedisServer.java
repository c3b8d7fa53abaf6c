package io.github.hotplate.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A single Redis server.
 *
 * @since 0.1.0
 */
public final class EmbeddedRedisServer extends EmbeddedRedis {

	private EmbeddedRedisServer(ServerSettings settings) {
		super(settings);
	}

	/**
	 * Begin to describe a server.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the server.
	 * @return the only node
	 */
	public RedisNode node() {
		return nodes().get(0);
	}

	@Override
	public String url() {
		return settings().scheme() + "://" + node();
	}

	@Override
	List<RedisNode> form(NodeGroup group) {
		return group.launch(1, settings(), settings()::dataNode);
	}

	@Override
	@Nullable String obstacle() {
		return node().isRunning() ? null : node() + " does not run";
	}

	@Override
	public String toString() {
		return "Redis server";
	}

	/**
	 * Builds an {@link EmbeddedRedisServer}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends EmbeddedRedisBuilder<Builder, EmbeddedRedisServer> {

		private Builder() {
		}

		@Override
		public EmbeddedRedisServer build() {
			return new EmbeddedRedisServer(settings());
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
