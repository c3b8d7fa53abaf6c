package io.github.hotplate.observation;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for the metrics of commands under OpenTelemetry's names.
 */
class OpenTelemetryMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final CommandMetrics metrics = CommandMetrics.openTelemetry(this.registry, new MonitoringFailures());

	private final CommandExecutor redis = mock();

	private final CommandObject<String> get = new CommandObject<>(new CommandArguments(Command.GET),
			BuilderFactory.STRING);

	@Test
	void durationIsHistogramInSecondsWithBucketsOfConvention() {
		client("foo").executeCommand(this.get);
		Timer timer = success();
		assertThat(timer.count()).isOne();
		assertThat(timer.takeSnapshot().histogramCounts())
			.extracting((CountAtBucket bucket) -> bucket.bucket(TimeUnit.SECONDS))
			.containsExactlyElementsOf(DoubleStream.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10).boxed().toList());
		assertThat(timer.getId().getTag("db.system.name")).isEqualTo("redis");
		assertThat(timer.getId().getTag("db.operation.name")).isEqualTo("GET");
		assertThat(timer.getId().getTag("db.namespace")).isEqualTo("0");
		assertThat(timer.getId().getTags()).hasSize(3);
		assertThat(this.registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getName()).startsWith(timer.getId().getName()));
	}

	@Test
	void errorHasItsType() {
		given(this.redis.executeCommand(this.get)).willThrow(
				new JedisDataException("WRONGTYPE Operation against a key"),
				new JedisDataException("made up by a script"), new ClusterDownException("down", null));
		CommandExecutor client = client("foo");
		for (int i = 0; i < 3; i++) {
			assertThatException().isThrownBy(() -> client.executeCommand(this.get));
		}
		assertThat(duration("WRONGTYPE").count()).isOne();
		assertThat(duration(JedisDataException.class.getName()).count()).isOne();
		assertThat(duration(ClusterDownException.class.getName()).count()).isOne();
		assertThat(success().count()).isZero();
		assertThat(duration("WRONGTYPE").getId().getTag("db.response.status_code")).isEqualTo("WRONGTYPE");
		assertThat(duration(ClusterDownException.class.getName()).getId().getTags()).extracting(Tag::getKey)
			.containsExactly("db.namespace", "db.operation.name", "db.system.name", "error.type");
	}

	@Test
	void clientsShareMetersUntilLastIsClosed() {
		CommandExecutorChain foo = client("foo");
		CommandExecutorChain bar = client("bar");
		foo.executeCommand(this.get);
		foo.close();
		bar.executeCommand(this.get);
		assertThat(success().count()).isEqualTo(2);
		bar.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	private CommandExecutorChain client(String name) {
		return new CommandExecutorChain(this.redis, List.of(this.metrics.advice(new CommandTags(name, "cluster", 0))));
	}

	private Timer success() {
		return this.registry.find("db.client.operation.duration")
			.timers()
			.stream()
			.filter((timer) -> timer.getId().getTag("error.type") == null)
			.findFirst()
			.orElseThrow();
	}

	private Timer duration(String errorType) {
		return this.registry.get("db.client.operation.duration").tag("error.type", errorType).timer();
	}

}
