package io.github.hotplate.observation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which spans an application's calls make.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class TracingIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private final SimpleTracer tracer = new SimpleTracer();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withBean(Tracer.class, () -> this.tracer)
		.withPropertyValues("foo.url=" + cluster.url());

	@Test
	void everyCallIsOneSpan() {
		run((foo) -> {
			foo.opsForValue().set("a", "1");
			foo.opsForValue().multiGet(List.of("a", "b", "c", "d"));
			foo.executePipelined((RedisCallback<Object>) (connection) -> {
				connection.keyCommands().exists(new byte[] { 1 });
				connection.keyCommands().exists(new byte[] { 2 });
				return null;
			});
		});
		assertThat(this.tracer.getSpans()).extracting(SimpleSpan::getName)
			.containsExactly("foo.SET", "foo.MGET", "foo.pipeline");
	}

	@Test
	void spanIsChildOfCallers() {
		SimpleSpan request = this.tracer.nextSpan().name("request").start();
		run((foo) -> {
			try (Tracer.SpanInScope scope = this.tracer.withSpan(request)) {
				foo.opsForValue().get("a");
			}
		});
		assertThat(this.tracer.lastSpan().context().parentId()).isEqualTo(request.context().spanId());
	}

	@Test
	void failureIsToldByRedisErrorPrefix() {
		run((foo) -> {
			foo.opsForValue().set("text", "x");
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> foo.opsForList().leftPush("text", "x"));
		});
		assertThat(this.tracer.lastSpan().getName()).isEqualTo("foo.LPUSH");
		assertThat(this.tracer.lastSpan().getTags()).containsEntry("error.type", "WRONGTYPE");
	}

	@Test
	void spanTellsServersOfConfigurationAndNodeThatAnswered() {
		run((foo) -> foo.opsForValue().get("a"));
		assertThat(this.tracer.lastSpan().getTags()).containsEntry("network.peer.address", "127.0.0.1")
			.containsEntry("network.peer.port", String.valueOf(cluster.primaryOf("a").port()))
			.containsEntry("server.address",
					cluster.nodes().stream().map(RedisNode::toString).collect(Collectors.joining(",")))
			.doesNotContainKeys("server.port", "error.type", "db.response.status_code");
	}

	@Test
	void scriptIsToldByItsDigestAndNeverByItsText() {
		RedisScript<Long> script = RedisScript.of("return #'secret' -- " + UUID.randomUUID(), Long.class);
		run((foo) -> {
			foo.execute(script, List.of("a"));
			foo.execute(script, List.of("a"));
		});
		assertThat(this.tracer.getSpans()).extracting(SimpleSpan::getName)
			.containsExactly("foo.EVALSHA", "foo.EVAL", "foo.EVALSHA");
		assertThat(this.tracer.getSpans())
			.allSatisfy((span) -> assertThat(span.getTags()).containsEntry("db.stored_procedure.name", script.getSha1())
				.doesNotContainValue(script.getScriptAsString()));
	}

	@Test
	void spansFollowConventionOfMetersUnlessTheyHaveTheirOwn() {
		run((foo) -> foo.opsForValue().get("a"), "hotplate.metrics.convention=opentelemetry");
		run((foo) -> foo.opsForValue().get("a"), "hotplate.metrics.convention=opentelemetry",
				"hotplate.spans.convention=baseplate");
		run((foo) -> foo.opsForValue().get("a"), "hotplate.spans.convention=opentelemetry",
				"foo.url=redis://" + cluster.primaryOf("a"));
		assertThat(this.tracer.getSpans()).extracting(SimpleSpan::getName)
			.containsExactly("GET", "foo.GET", "GET " + cluster.primaryOf("a"));
	}

	@Test
	void ownConventionReplacesNamesAndAttributes() {
		this.contextRunner.withBean(CommandSpanConvention.class, () -> new BaseplateSpanConvention() {

			@Override
			public String name(ObservedCommand command) {
				return "redis " + command.operation();
			}

			@Override
			public void startAttributes(ObservedCommand command, Attributes attributes) {
				attributes.put("team", command.client().name());
			}

		}).run((context) -> context.getBean("foo", StringRedisTemplate.class).opsForValue().get("a"));
		assertThat(this.tracer.lastSpan().getName()).isEqualTo("redis GET");
		assertThat(this.tracer.lastSpan().getTags()).containsOnlyKeys("team", "network.peer.address",
				"network.peer.port");
	}

	@Test
	void conventionThatFailsBreaksNoCommand() {
		this.contextRunner.withBean(CommandSpanConvention.class, () -> new BaseplateSpanConvention() {

			@Override
			public String name(ObservedCommand command) {
				if (command.operation().equals("GET")) {
					throw new IllegalStateException("expected");
				}
				return super.name(command);
			}

			@Override
			public void endAttributes(ObservedCommand command, @Nullable Throwable failure, Attributes attributes) {
				throw new IllegalStateException("expected");
			}

		}).run((context) -> {
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			foo.opsForValue().set("a", "1");
			assertThat(foo.opsForValue().get("a")).isEqualTo("1");
			assertThat(context.getBean(MonitoringFailures.class).count(Part.TRACING)).isEqualTo(2);
		});
		assertThat(this.tracer.onlySpan().getName()).isEqualTo("foo.SET");
		assertThat(this.tracer.onlySpan().getEndTimestamp()).isAfter(Instant.EPOCH);
	}

	private void run(Consumer<StringRedisTemplate> calls, String... properties) {
		this.contextRunner.withPropertyValues(properties)
			.run((context) -> calls.accept(context.getBean("foo", StringRedisTemplate.class)));
	}

}
