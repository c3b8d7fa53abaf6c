package io.github.hotplate.sample.embedded;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

import io.github.hotplate.config.ClientMode;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisBuilder;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;

/**
 * Starts Redis servers that work together as {@code foo.mode} says, by default a Redis
 * Cluster, and points {@code foo.url} to them, unless {@code foo.url} is set already. The
 * servers end after the last bean that uses them.
 */
class EmbeddedRedisInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

	private static final String URL = "foo.url";

	private static final String MODE = "foo.mode";

	@Override
	public void initialize(GenericApplicationContext context) {
		if (context.getEnvironment().containsProperty(URL)) {
			return;
		}
		// The client says it better that there is no such mode, if only it has a URL.
		String url = mode(context.getEnvironment()).map((mode) -> start(mode, context)).orElse("redis://localhost");
		context.getEnvironment().getPropertySources().addLast(new MapPropertySource("embeddedRedis", Map.of(URL, url)));
	}

	private static Optional<ClientMode> mode(Environment environment) {
		String mode = environment.getProperty(MODE, "").strip();
		return mode.isEmpty() ? Optional.of(ClientMode.CLUSTER)
				: Stream.of(ClientMode.values())
					.filter((candidate) -> candidate.label().equalsIgnoreCase(mode))
					.findFirst();
	}

	private static String start(ClientMode mode, GenericApplicationContext context) {
		EmbeddedRedis redis = start(mode);
		register(redis.getClass(), redis, context);
		return redis.url();
	}

	private static EmbeddedRedis start(ClientMode mode) {
		return switch (mode) {
			case CLUSTER -> start(EmbeddedRedisCluster.builder().primaries(3).replicasPerPrimary(1));
			case SENTINEL -> start(EmbeddedRedisSentinel.builder().replicas(2).sentinels(3));
			case STANDALONE -> start(EmbeddedRedisServer.builder());
			case SHARDED -> start(EmbeddedRedisShards.builder().servers(3));
		};
	}

	// DEBUG SLEEP makes a node slow when a visitor asks for it.
	private static EmbeddedRedis start(EmbeddedRedisBuilder<?, ?> builder) {
		return builder.option("enable-debug-command", "local").start();
	}

	// The first singleton to be created is the last to be destroyed.
	private static <T extends EmbeddedRedis> void register(Class<T> type, EmbeddedRedis redis,
			GenericApplicationContext context) {
		context.registerBean(type, () -> type.cast(redis));
	}

}
