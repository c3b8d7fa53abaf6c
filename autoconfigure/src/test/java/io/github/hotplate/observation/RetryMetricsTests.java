package io.github.hotplate.observation;

import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.activity.CommandLabels;
import io.github.hotplate.activity.UnknownCommands;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryMetrics}.
 */
class RetryMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final RetryMetrics metrics = new RetryMetrics(this.registry);

	private final ClientConfig client = new ClientConfigReader(
			new MockEnvironment().withProperty("foo.url", "redis://localhost"))
		.read("foo.");

	private final CommandSpec get = CommandSpecs.of(new CommandArguments(Command.GET));

	@Test
	void countsRetriesByReason() {
		this.metrics.onRetry(this.client, this.get, "timeout");
		this.metrics.onRetry(this.client, this.get, "timeout");
		this.metrics.onRetry(this.client, this.get, "CLUSTERDOWN");
		assertThat(retries("timeout")).isEqualTo(2);
		assertThat(retries("CLUSTERDOWN")).isOne();
	}

	@Test
	void countersEndWithTheMetrics() {
		this.metrics.onRetry(this.client, this.get, "timeout");
		this.metrics.onRetry(this.client, this.get, "CLUSTERDOWN");
		this.metrics.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void unknownNamesMakeBoundedNumberOfCounters() {
		CommandLabels labels = new CommandLabels();
		IntStream.range(0, 300).forEach((i) -> labels.learn(UnknownCommands.unknown(i)));
		RetryMetrics metrics = new RetryMetrics(this.registry, labels);
		IntStream.range(0, 300).forEach((i) -> metrics.onRetry(this.client, UnknownCommands.unknown(i), "timeout"));
		assertThat(this.registry.getMeters()).hasSize(101);
		assertThat(this.registry.get("redis.client.retries").tag("redis_command", "other").counter().count())
			.isEqualTo(200);
	}

	private double retries(String reason) {
		return this.registry.get("redis.client.retries")
			.tags("redis_command", "get", "redis_type", "cluster", "reason", reason)
			.counter()
			.count();
	}

}
