package io.github.hotplate.observation;

import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.activity.CallListener;
import io.github.hotplate.activity.RecordingAdvice;
import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RedirectionMetrics}.
 */
class RedirectionMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final MonitoringFailures failures = new MonitoringFailures();

	private final RedirectionMetrics metrics = new RedirectionMetrics(this.registry, this.failures);

	@Test
	void redirectionsAreCountedByKind() {
		CommandObject<String> get = new CommandObject<>(new CommandArguments(Command.GET), BuilderFactory.STRING);
		CommandExecutor redis = mock();
		given(redis.executeCommand(get)).willAnswer((call) -> {
			CallRecord.redirected(false);
			CallRecord.redirected(true);
			CallRecord.redirected(false);
			return "value";
		});
		CallListener listener = Objects.requireNonNull(this.metrics.listenerFor(config("cluster")));
		new CommandExecutorChain(redis, List.of(new RecordingAdvice("foo", List.of(listener), this.failures)))
			.executeCommand(get);
		assertThat(count("moved")).isEqualTo(2);
		assertThat(count("ask")).isOne();
		this.metrics.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void onlyClustersRedirect() {
		assertThat(this.metrics.listenerFor(config("standalone"))).isNull();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	private double count(String kind) {
		return this.registry.get("redis.client.redirections")
			.tags("redis_pool", "foo", "kind", kind)
			.functionCounter()
			.count();
	}

	private static ClientConfig config(String mode) {
		return new ClientConfigReader(
				new MockEnvironment().withProperty("foo.url", "redis://a").withProperty("foo.mode", mode))
			.read("foo.");
	}

}
