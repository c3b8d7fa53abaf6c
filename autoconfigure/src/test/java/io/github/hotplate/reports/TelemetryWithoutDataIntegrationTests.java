package io.github.hotplate.reports;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application sends to Redis, looked for in everything that others see of it:
 * meters, spans, health, log.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
class TelemetryWithoutDataIntegrationTests {

	private static final String SECRET = "s3cr3t";

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisSentinel group;

	private static EmbeddedRedisServer server;

	private static EmbeddedRedisShards shards;

	private final SimpleTracer tracer = new SimpleTracer();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class,
				DataRedisHealthContributorAutoConfiguration.class))
		.withBean(Tracer.class, () -> this.tracer)
		.withBean(MeterRegistry.class, () -> this.registry)
		.withPropertyValues("hotplate.metrics.convention=baseplate, opentelemetry", "foo.retry.deadline=1 second",
				"foo.retry.max_retries=2", "foo.retry.backoff=10 milliseconds", "foo.socket_timeout=200 milliseconds",
				"foo.track_key_reads_sample_rate=1", "foo.track_key_writes_sample_rate=1");

	static Stream<EmbeddedRedis> modes() {
		return Stream.of(cluster, group, server, shards);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("modes")
	@Report("keys and values in spans")
	void nothingThatWasSentIsShown(EmbeddedRedis redis, CapturedOutput output) {
		run(redis.url(), mode(redis), (context) -> {
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			sendSecrets(foo);
			subscribe(foo, () -> assertThatNothingIsShown(context, output));
			redis.flush();
		});
	}

	@Test
	@Report("keys and values in spans")
	void nothingThatWasSentIsShownInTrouble(CapturedOutput output) {
		try (FaultProxy proxy = FaultProxy.to(server.node())) {
			run("redis://" + proxy.host() + ":" + proxy.port(), "standalone", (context) -> {
				StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
				proxy.loseReplies("INCR", 1);
				attempt(() -> foo.opsForValue().increment(SECRET));
				proxy.freeze();
				attempt(() -> foo.opsForValue().get(SECRET));
				attempt(() -> foo.opsForValue().append(SECRET, SECRET));
				proxy.thaw();
				proxy.refuse();
				proxy.cut();
				attempt(() -> foo.opsForValue().set(SECRET, SECRET));
				proxy.accept();
				assertThatNothingIsShown(context, output);
				Awaitility.await().until(() -> succeeds(() -> foo.delete(SECRET)));
			});
		}
	}

	@Test
	@Report("command names that Redis does not know")
	void namesThatRedisDoesNotKnowAreOneName(CapturedOutput output) {
		run(server.url(), "standalone", (context) -> {
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			execute(foo, "X" + SECRET);
			execute(foo, "CONFIG", SECRET);
			execute(foo, "CLIENT", SECRET, SECRET);
			int meters = this.registry.getMeters().size();
			IntStream.range(0, 1_000).forEach((i) -> {
				execute(foo, "X" + SECRET + i);
				execute(foo, "CONFIG", SECRET + i);
				execute(foo, "CLIENT", SECRET + i, SECRET);
			});
			assertThat(this.registry.getMeters()).hasSize(meters);
			assertThatNothingIsShown(context, output);
		});
	}

	private void run(String url, String mode, Consumer<ApplicationContext> code) {
		this.contextRunner.withPropertyValues("foo.url=" + url, "foo.mode=" + mode).run(code::accept);
	}

	private static void sendSecrets(StringRedisTemplate foo) {
		foo.opsForValue().set(SECRET, SECRET);
		foo.opsForHash().put("{" + SECRET + "}hash", SECRET, SECRET);
		foo.opsForStream().add("{" + SECRET + "}stream", Map.of(SECRET, SECRET));
		foo.opsForZSet().add("{" + SECRET + "}zset", SECRET, 1);
		attempt(() -> foo.opsForList().leftPush(SECRET, SECRET));
		attempt(() -> foo.opsForValue().increment(SECRET));
		attempt(() -> foo.opsForStream().createGroup("{" + SECRET + "}none", SECRET));
		attempt(() -> foo.rename(SECRET + "1", SECRET + "2"));
		attempt(() -> foo.opsForZSet().rangeAndStoreByScore(SECRET + "1", SECRET + "2", Range.unbounded()));
		foo.convertAndSend(SECRET, SECRET);
		script(foo, "return redis.error_reply(ARGV[1] .. ' is taken')");
		script(foo, "return redis.error_reply('WRONGTYPE ' .. KEYS[1] .. ARGV[1])");
		script(foo, "error(ARGV[1])");
		script(foo, "return redis.call('LPUSH', KEYS[1], ARGV[1])");
		execute(foo, SECRET, SECRET);
		execute(foo, "CONFIG", SECRET, SECRET);
		execute(foo, "OBJECT", SECRET, SECRET);
		attempt(() -> ((MonitoredRedisTemplate) foo).executePipelined((RedisCallback<?>) (connection) -> {
			connection.stringCommands().get(bytes(SECRET));
			connection.listCommands().lPush(bytes(SECRET), bytes(SECRET));
			return null;
		}));
		attempt(() -> foo.execute((RedisCallback<?>) (connection) -> {
			connection.watch(bytes(SECRET));
			connection.multi();
			connection.listCommands().lPush(bytes(SECRET), bytes(SECRET));
			return connection.exec();
		}));
	}

	private static void subscribe(StringRedisTemplate foo, Runnable whileSubscribed) {
		CompletableFuture<Void> received = new CompletableFuture<>();
		try (RedisConnection connection = foo.getRequiredConnectionFactory().getConnection()) {
			CompletableFuture<Void> subscription = CompletableFuture
				.runAsync(() -> connection.subscribe((message, pattern) -> received.complete(null), bytes(SECRET)));
			Awaitility.await().until(() -> {
				foo.convertAndSend(SECRET, SECRET);
				return received.isDone();
			});
			whileSubscribed.run();
			connection.getSubscription().unsubscribe();
			assertThat(subscription).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	private static void script(StringRedisTemplate foo, String text) {
		attempt(() -> foo.execute(RedisScript.of(text), List.of(SECRET), SECRET));
	}

	private static void execute(StringRedisTemplate foo, String command, String... arguments) {
		attempt(() -> foo.execute((RedisCallback<?>) (connection) -> connection.execute(command,
				Stream.of(arguments).map(TelemetryWithoutDataIntegrationTests::bytes).toArray(byte[][]::new))));
	}

	private static void attempt(Runnable code) {
		succeeds(code);
	}

	private static boolean succeeds(Runnable code) {
		try {
			code.run();
			return true;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	private void assertThatNothingIsShown(ApplicationContext context, CapturedOutput output) {
		assertThat(this.registry.getMeters()).isNotEmpty()
			.allSatisfy((meter) -> assertThat(meter.getId().toString()).doesNotContainIgnoringCase(SECRET));
		assertThat(this.tracer.getSpans()).isNotEmpty()
			.allSatisfy((span) -> assertThat(describe(span)).doesNotContainIgnoringCase(SECRET));
		HealthContributor healthOfClient = context.getBean(CompositeHealthContributor.class).getContributor("foo");
		assertThat(List.of(context.getBean(HealthIndicator.class), (HealthIndicator) healthOfClient))
			.allSatisfy((health) -> assertThat(health.health().toString()).contains("leftOut")
				.doesNotContainIgnoringCase(SECRET));
		assertThat(context.getBean("foo", MonitoredRedisTemplate.class).diagnostics().toString())
			.doesNotContainIgnoringCase(SECRET);
		assertThat(output.toString()).doesNotContainIgnoringCase(SECRET);
	}

	private static String describe(SimpleSpan span) {
		StringWriter description = new StringWriter();
		description.append(span.getName()).append(String.valueOf(span.getTags()));
		description.append(span.getEvents().stream().map(String::valueOf).collect(Collectors.joining()));
		if (span.getError() != null) {
			span.getError().printStackTrace(new PrintWriter(description, true));
		}
		return description.toString();
	}

	private static String mode(EmbeddedRedis redis) {
		if (redis instanceof EmbeddedRedisCluster) {
			return "cluster";
		}
		if (redis instanceof EmbeddedRedisSentinel) {
			return "sentinel";
		}
		return (redis instanceof EmbeddedRedisServer) ? "standalone" : "sharded";
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
