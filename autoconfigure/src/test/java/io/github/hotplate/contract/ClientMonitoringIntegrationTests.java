package io.github.hotplate.contract;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;

import io.github.hotplate.activity.SlowCalls;
import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a client tells of what it does.
 */
interface ClientMonitoringIntegrationTests extends ClientContract {

	@Test
	default void commandsAreMeasured() {
		foo().opsForValue().set("text", "x");
		foo().opsForValue().multiGet(KEYS);
		foo().executePipelined((RedisCallback<?>) (connection) -> connection.keyCommands().exists(bytes("text")));
		foo().convertAndSend("news", "x");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> foo().opsForList().leftPush("text", "x"));
		for (String command : List.of("set", "mget", "pipeline", "publish")) {
			assertThat(requests(command, true)).isOne();
		}
		assertThat(requests("lpush", false)).isOne();
		assertThat(registry().get("redis.client.pool.max.size").tag("redis_pool", "foo").gauge().value()).isEqualTo(50);
	}

	private double requests(String command, boolean success) {
		return registry().get("redis.client.requests")
			.tags("redis_command", command, "redis_type", mode(), "redis_client_name", "contract", "redis_success",
					String.valueOf(success))
			.counter()
			.count();
	}

	private MeterRegistry registry() {
		return application().bean(MeterRegistry.class);
	}

	@Test
	default void commandsAreSpans() {
		foo().opsForValue().set("text", "x");
		foo().opsForValue().multiGet(KEYS);
		((MonitoredRedisTemplate) foo()).executePipelined("look up",
				(RedisCallback<?>) (connection) -> connection.keyCommands().exists(bytes("text")));
		assertThat(application().bean(SimpleTracer.class).getSpans()).extracting(SimpleSpan::getName)
			.containsExactly("foo.SET", "foo.MGET", "foo.pipeline_look up");
	}

	@Test
	default void slowCallsAreKept() {
		application().start("slow_calls.threshold=0");
		SimpleTracer tracer = application().bean(SimpleTracer.class);
		Span request = tracer.nextSpan().start();
		try (Tracer.SpanInScope scope = tracer.withSpan(request)) {
			foo().opsForValue().set("text", "x");
		}
		assertThat(application().bean(SlowCalls.class).list()).filteredOn("command", "SET")
			.singleElement()
			.satisfies((call) -> {
				assertThat(call.key()).isEqualTo("text");
				assertThat(call.node())
					.isIn(redis().nodes().stream().map((node) -> node.host() + ":" + node.port()).toList());
				assertThat(call.serverMillis()).isPositive();
				assertThat(call.error()).isNull();
				assertThat(call.traceId()).isEqualTo(request.context().traceId());
			});
	}

	@Test
	default void hotKeysAreFound() {
		application().start("track_key_reads_sample_rate=1", "track_key_writes_sample_rate=1",
				"hot_keys.flush_interval=50 milliseconds");
		foo().opsForValue().set("hot", "x");
		foo().opsForValue().get("hot");
		foo().opsForValue().get("hot");
		Awaitility.await().untilAsserted(() -> assertThat(score("reads")).isEqualTo(2));
		Awaitility.await().untilAsserted(() -> assertThat(score("writes")).isEqualTo(1));
	}

	private Double score(String access) {
		return foo().opsForZSet().score("baseplate-hot-key-tracker-" + access, "hot");
	}

}
