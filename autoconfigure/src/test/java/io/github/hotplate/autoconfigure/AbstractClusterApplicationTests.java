package io.github.hotplate.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.execution.AmbiguousExecutionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What matters most to an application, on any real cluster.
 */
abstract class AbstractClusterApplicationTests {

	/**
	 * More than the deadline of a command, which is 30 seconds.
	 */
	private static final Duration WAIT = Duration.ofSeconds(35);

	private ConfigurableApplicationContext context;

	private StringRedisTemplate foo;

	abstract String url();

	abstract void killPrimaryOf(String key);

	@BeforeEach
	void start() {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--foo.url=" + url());
		this.foo = this.context.getBean("foo", StringRedisTemplate.class);
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void injectedTemplateReadsAndWrites() {
		Greeter greeter = this.context.getBean(Greeter.class);
		greeter.greet("world");
		assertThat(greeter.lastGreeted()).isEqualTo("world");
	}

	@Test
	void commandsAreMeasured() {
		MeterRegistry registry = this.context.getBean(MeterRegistry.class);
		this.foo.opsForValue().append("measured", "x");
		assertThat(registry.get("redis.client.requests")
			.tags("redis_command", "append", "redis_success", "true", "redis_type", "cluster")
			.counter()
			.count()).isOne();
		assertThat(registry.get("redis.client.active.requests").tag("redis_command", "append").gauge().value())
			.isZero();
		assertThat(registry.get("redis.client.pool.idle.connections").tag("redis_pool", "foo").gauge().value())
			.isPositive();
	}

	@Test
	void failoverIsPauseAndNoError() {
		List<String> keys = IntStream.range(0, 20).mapToObj((i) -> "failover:" + i).toList();
		keys.forEach((key) -> this.foo.opsForValue().set(key, "before"));
		AtomicBoolean running = new AtomicBoolean(true);
		CompletableFuture<Void> writes = repeat(running, () -> this.foo.opsForValue().set("failover:0", "during"));
		CompletableFuture<Void> reads = repeat(running,
				() -> assertThat(this.foo.opsForValue().multiGet(keys)).hasSameSizeAs(keys));
		CompletableFuture<Void> pipelines = repeat(running,
				() -> assertThat(
						this.foo.executePipelined((RedisCallback<Object>) (connection) -> readAll(connection, keys)))
					.hasSameSizeAs(keys));
		Counting counting = new Counting(this.foo, "{failover:0}:count");
		CompletableFuture<Void> counts = repeat(running, counting::increment);
		killPrimaryOf("failover:0");
		assertThat(CompletableFuture.runAsync(() -> this.foo.opsForValue().set("failover:0", "after")))
			.succeedsWithin(WAIT);
		running.set(false);
		assertThat(CompletableFuture.allOf(writes, reads, pipelines, counts)).succeedsWithin(WAIT);
		assertThat(counting.isCountedTwice()).isFalse();
	}

	private static @Nullable Object readAll(RedisConnection connection, List<String> keys) {
		keys.forEach((key) -> connection.stringCommands().get(key.getBytes(StandardCharsets.UTF_8)));
		return null;
	}

	private static CompletableFuture<Void> repeat(AtomicBoolean running, Runnable command) {
		command.run();
		return CompletableFuture.runAsync(() -> {
			while (running.get()) {
				command.run();
			}
		}, (task) -> new Thread(task, "load").start());
	}

	/**
	 * Counts in Redis what may be counted at most once.
	 */
	private static final class Counting {

		private final StringRedisTemplate foo;

		private final String key;

		private long attempts;

		Counting(StringRedisTemplate foo, String key) {
			this.foo = foo;
			this.key = key;
		}

		void increment() {
			this.attempts++;
			try {
				this.foo.opsForValue().increment(this.key);
			}
			catch (AmbiguousExecutionException ex) {
				assertThat(ex).hasMessageContaining("may or may not have run it");
			}
		}

		boolean isCountedTwice() {
			return Long
				.parseLong(Objects.requireNonNullElse(this.foo.opsForValue().get(this.key), "0")) > this.attempts;
		}

	}

	@ImportAutoConfiguration({ HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class })
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		Greeter greeter(StringRedisTemplate foo) {
			return new Greeter(foo);
		}

	}

	record Greeter(StringRedisTemplate foo) {

		void greet(String name) {
			this.foo.opsForValue().set("greeted", name, Duration.ofMinutes(1));
		}

		String lastGreeted() {
			return this.foo.opsForValue().get("greeted");
		}

	}

}
