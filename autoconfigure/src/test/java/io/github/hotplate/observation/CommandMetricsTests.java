package io.github.hotplate.observation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.activity.CommandLabels;
import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link CommandMetrics}.
 */
class CommandMetricsTests {

	private static final CommandTags NAMELESS = new CommandTags("", "cluster", 0);

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final MonitoringFailures failures = new MonitoringFailures();

	private final CommandMetrics metrics = new CommandMetrics(this.registry);

	private final CommandExecutor redis = mock();

	private final CommandObject<String> get = new CommandObject<>(new CommandArguments(Command.GET),
			BuilderFactory.STRING);

	@Test
	void commandIsActiveWhileItRuns() {
		CommandExecutor client = client(NAMELESS);
		given(this.redis.executeCommand(this.get)).willAnswer((invocation) -> {
			assertThat(active()).isOne();
			return "hello";
		});
		assertThat(client.executeCommand(this.get)).isEqualTo("hello");
		assertThat(active()).isZero();
		assertThat(requests(NAMELESS, true)).isOne();
		assertThat(requests(NAMELESS, false)).isZero();
	}

	@Test
	void failedCommandIsNoLongerActive() {
		CommandExecutor client = client(NAMELESS);
		given(this.redis.executeCommand(this.get)).willThrow(new JedisDataException("WRONGTYPE"));
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> client.executeCommand(this.get));
		assertThat(active()).isZero();
		assertThat(requests(NAMELESS, true)).isZero();
		assertThat(requests(NAMELESS, false)).isOne();
	}

	@Test
	void pipelineOfWhichOneCommandFailedIsFailure() {
		PipelineCommand pipeline = new PipelineCommand("", List.of(this.get, this.get));
		given(this.redis.executeCommand(pipeline)).willReturn(List.of("hello", new JedisDataException("WRONGTYPE")));
		client(NAMELESS).executeCommand(pipeline);
		assertThat(this.registry.get("redis.client.requests").tags("redis_success", "false").counter().count()).isOne();
	}

	@Test
	void clientsWithoutNameShareMetersUntilLastIsClosed() {
		CommandExecutorChain foo = client(NAMELESS);
		CommandExecutorChain bar = client(NAMELESS);
		foo.executeCommand(this.get);
		bar.executeCommand(this.get);
		assertThat(requests(NAMELESS, true)).isEqualTo(2);
		foo.close();
		foo.close();
		bar.executeCommand(this.get);
		assertThat(requests(NAMELESS, true)).isEqualTo(3);
		bar.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void clientsOfDifferentNamesHaveTheirOwnMeters() {
		CommandTags named = new CommandTags("bar", "cluster", 0);
		CommandExecutorChain foo = client(NAMELESS);
		client(named).executeCommand(this.get);
		foo.executeCommand(this.get);
		foo.close();
		assertThat(requests(named, true)).isOne();
		assertThat(this.registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getTag("redis_client_name")).isEqualTo("bar"));
	}

	@ParameterizedTest
	@EnumSource
	void unknownNamesMakeBoundedNumberOfMeters(CommandMeterConvention convention) {
		CommandExecutor client = new CommandExecutorChain(this.redis, List
			.of(new CommandMetrics(convention, this.registry, new CommandLabels(), this.failures).advice(NAMELESS)));
		executeUnknown(client, 0, 101);
		executeUnknown(client, 0, 101);
		int meters = this.registry.getMeters().size();
		executeUnknown(client, 101, 300);
		executeUnknown(client, 101, 300);
		assertThat(this.registry.getMeters()).hasSize(meters);
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.extracting((tag) -> tag.getValue().toLowerCase(Locale.ROOT))
			.contains("unknown99", "other")
			.doesNotContain("unknown100");
	}

	@ParameterizedTest
	@EnumSource
	void namesThatRedisDoesNotKnowMakeOneSetOfMeters(CommandMeterConvention convention) {
		CommandExecutor client = new CommandExecutorChain(this.redis, List
			.of(new CommandMetrics(convention, this.registry, new CommandLabels(), this.failures).advice(NAMELESS)));
		given(this.redis.executeCommand(any()))
			.willThrow(new JedisDataException("ERR unknown command 'UNKNOWN0', with args beginning with: "));
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> executeUnknown(client, 0, 1));
		}
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.extracting((tag) -> tag.getValue().toLowerCase(Locale.ROOT))
			.contains("other")
			.doesNotContain("unknown0");
	}

	private static void executeUnknown(CommandExecutor client, int from, int to) {
		for (int i = from; i < to; i++) {
			byte[] name = ("UNKNOWN" + i).getBytes(StandardCharsets.US_ASCII);
			client.executeCommand(new CommandObject<>(new CommandArguments(() -> name), BuilderFactory.RAW_OBJECT));
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void registryThatRejectsMetersBreaksNoCommand(CapturedOutput output) {
		MeterRegistry broken = new SimpleMeterRegistry() {

			@Override
			protected Counter newCounter(Meter.Id id) {
				throw new IllegalArgumentException("too many meters");
			}

		};
		CommandExecutor client = new CommandExecutorChain(this.redis,
				List.of(CommandMetrics.baseplate(broken, this.failures).advice(NAMELESS)));
		given(this.redis.executeCommand(this.get)).willReturn("hello");
		assertThat(client.executeCommand(this.get)).isEqualTo("hello");
		assertThat(client.executeCommand(this.get)).isEqualTo("hello");
		assertThat(output).containsOnlyOnce("Monitoring failure in metrics (1 so far); commands are not affected")
			.contains("too many meters");
		assertThat(this.failures.count(Part.METRICS)).isOne();
	}

	@Test
	void meterThatFailsBreaksNoCommand() {
		MeterRegistry broken = new SimpleMeterRegistry() {

			@Override
			protected Counter newCounter(Meter.Id id) {
				Counter counter = mock();
				willThrow(new IllegalStateException("full")).given(counter).increment();
				return counter;
			}

		};
		CommandExecutor client = new CommandExecutorChain(this.redis,
				List.of(CommandMetrics.baseplate(broken, this.failures).advice(NAMELESS)));
		given(this.redis.executeCommand(this.get)).willReturn("hello");
		assertThat(client.executeCommand(this.get)).isEqualTo("hello");
		assertThat(this.failures.count(Part.METRICS)).isOne();
	}

	private CommandExecutorChain client(CommandTags tags) {
		return new CommandExecutorChain(this.redis, List.of(this.metrics.advice(tags)));
	}

	private double active() {
		return this.registry.get("redis.client.active.requests").gauge().value();
	}

	private double requests(CommandTags client, boolean success) {
		Tags tags = client.of("get").and("redis_success", String.valueOf(success));
		assertThat(this.registry.get("redis.client.latency").tags(tags).timer().count())
			.isEqualTo((long) this.registry.get("redis.client.requests").tags(tags).counter().count());
		return this.registry.get("redis.client.requests").tags(tags).counter().count();
	}

}
