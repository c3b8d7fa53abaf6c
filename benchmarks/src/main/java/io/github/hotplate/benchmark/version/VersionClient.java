package io.github.hotplate.benchmark.version;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The client of one version. Loaded once per version by a class loader of its own, and so
 * used by means of the JDK's types alone. Thread-safe.
 */
public final class VersionClient
		implements Function<String, @Nullable String>, BiConsumer<String, String>, AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final StringRedisTemplate redis;

	public VersionClient(String url, Integer connectionsPerNode) {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.main.banner-mode", "off", "hotplate.clients", "bench", "bench.url", url,
					"bench.max_connections", connectionsPerNode, "bench.max_connections_per_node", true))
			.run();
		this.redis = this.context.getBean("bench", StringRedisTemplate.class);
	}

	@Override
	public @Nullable String apply(String key) {
		return this.redis.opsForValue().get(key);
	}

	@Override
	public void accept(String key, String value) {
		this.redis.opsForValue().set(key, value);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
