package io.github.hotplate.observation;

import java.util.List;
import java.util.function.Consumer;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.test.EmbeddedRedisCluster;
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

	private void run(Consumer<StringRedisTemplate> calls) {
		this.contextRunner.run((context) -> calls.accept(context.getBean("foo", StringRedisTemplate.class)));
	}

}
