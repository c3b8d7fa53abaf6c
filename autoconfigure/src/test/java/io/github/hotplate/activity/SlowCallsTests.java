package io.github.hotplate.activity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Commands;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.config.InvalidClientConfigException;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.hotkey.HotKeyNaming;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SlowCalls}.
 */
class SlowCallsTests {

	private static final Duration LONG = Duration.ofMillis(20);

	private final MonitoringFailures failures = new MonitoringFailures();

	private @Nullable HotKeyNaming naming;

	private TraceIds traces = TraceIds.NONE;

	private Instant now = Instant.parse("2026-11-21T09:14:03Z");

	private long nanoTime;

	private SlowCalls calls = calls();

	@Test
	void callAboveThresholdIsKept() {
		run("GET quick", Duration.ofMillis(10).minusNanos(1));
		assertThat(this.calls.list()).isEmpty();
		run("GET slow", Duration.ofMillis(10));
		assertThat(this.calls.list()).extracting(SlowCall::key).containsExactly("slow");
		assertThat(this.calls.client()).isEqualTo("foo");
	}

	@Test
	void tellsWhereTimeWent() {
		this.traces = () -> "4bf92f3577b34da6a3ce929d0e0e4736";
		this.calls = calls();
		try (CallRecord call = start(command("SET cart:1 secret"))) {
			CallRecord.usesNode(new HostAndPort("10.0.0.7", 7001));
			pass(CallPart.POOL_WAIT, 1);
			pass(CallPart.CONNECT, 2);
			pass(CallPart.RETRIES, 3);
			CallRecord.retried();
			pass(CallPart.REDIRECTS, 4);
			CallRecord.redirected(true);
			CallRecord.redirected(false);
			this.nanoTime += 5_000_000;
			end(call, new JedisDataException("OOM command not allowed: secret"));
		}
		assertThat(this.calls.list()).containsExactly(new SlowCall("SET", 1, "cart:1", "10.0.0.7:7001",
				this.now.minusMillis(15), 15, 1, 2, 5, 3, 4, 1, 2, "OOM", "4bf92f3577b34da6a3ce929d0e0e4736"));
	}

	@Test
	void slowestComeFirstAndLatestStay() {
		this.calls = calls("slow_calls.capacity=4");
		Stream.of(900, 800, 700, 30, 20, 40).forEach((millis) -> run("GET " + millis, Duration.ofMillis(millis)));
		// Two of the slowest, and the two latest.
		assertThat(keys()).containsExactly("900", "800", "40", "20");
	}

	@Test
	void outageIsForgottenAfterAnHour() {
		this.calls = calls("slow_calls.capacity=4");
		IntStream.range(0, 10).forEach((i) -> run("GET outage", Duration.ofSeconds(30)));
		Stream.of(11, 12, 13, 14).forEach((millis) -> run("GET " + millis, Duration.ofMillis(millis)));
		assertThat(keys()).containsExactly("outage", "outage", "14", "13");
		this.now = this.now.plus(Duration.ofMinutes(61));
		Stream.of(15, 16, 17, 18).forEach((millis) -> run("GET " + millis, Duration.ofMillis(millis)));
		assertThat(keys()).containsExactly("18", "17", "16", "15");
	}

	@Test
	void latestIsKeptForLongerThanAnHour() {
		run("GET a", LONG);
		this.now = this.now.plus(Duration.ofDays(2));
		assertThat(keys()).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 50, 1000 })
	void neverKeepsMoreThanItsCapacity(int capacity) {
		this.calls = calls("slow_calls.capacity=" + capacity);
		IntStream.range(0, 2 * capacity + 1).forEach((i) -> run("GET " + i, LONG.plusMillis(i)));
		assertThat(this.calls.list()).hasSize(capacity);
		assertThat(this.calls.list().get(0).key()).isEqualTo(String.valueOf(2 * capacity));
		assertThat(this.calls.capacity()).isEqualTo(capacity);
	}

	@Test
	void resetForgetsAll() {
		run("GET a", LONG);
		this.calls.reset();
		assertThat(this.calls.list()).isEmpty();
	}

	@Test
	void capacityOfZeroListensToNothing() {
		this.calls = calls("slow_calls.capacity=0");
		assertThat(this.calls.listener()).isNull();
		assertThat(this.calls.list()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0ms", "PT0S" })
	void thresholdOfZeroLetsAllCompete(String threshold) {
		this.calls = calls("slow_calls.threshold=" + threshold);
		run("GET a", Duration.ZERO);
		assertThat(keys()).containsExactly("a");
		assertThat(this.calls.threshold()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					slow_calls.capacity=-1      | Set foo.slow_calls.capacity to a whole number from 0 to 1000.
					slow_calls.capacity=1001    | Set foo.slow_calls.capacity to a whole number from 0 to 1000.
					slow_calls.capacity=many    | Set foo.slow_calls.capacity to a whole number from 0 to 1000.
					slow_calls.threshold=-1ms   | Set foo.slow_calls.threshold to a number and a unit, such as '3 seconds', '200 milliseconds', 3s or PT3S, from 0 to 1 day.
					slow_calls.threshold=2 days | Set foo.slow_calls.threshold to a number and a unit, such as '3 seconds', '200 milliseconds', 3s or PT3S, from 0 to 1 day.
					slow_calls.threshold=10     | Set foo.slow_calls.threshold to a number and a unit, such as '3 seconds', '200 milliseconds', 3s or PT3S, from 0 to 1 day.
					""")
	void badInputIsNamedWithRemedy(String property, String remedy) {
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(() -> config(property))
			.satisfies((ex) -> assertThat(ex.getAction()).isEqualTo(remedy));
	}

	@ParameterizedTest
	@CsvSource({ "BLPOP queue 5, 5000, false", "BLPOP queue 5, 5009, false", "BLPOP queue 5, 5010, true",
			"BLPOP queue 0, 3600000, false", "XREAD BLOCK 100 STREAMS events 0, 105, false",
			"XREAD BLOCK 100 STREAMS events 0, 110, true", "XREAD STREAMS events 0, 10, true", "WAIT 1 200, 209, false",
			"WAIT 1 200, 210, true", "GET key, 10, true" })
	void waitThatWasAskedForIsNotSlow(String line, long millis, boolean slow) {
		run(line, Duration.ofMillis(millis));
		assertThat(this.calls.list()).hasSize(slow ? 1 : 0);
	}

	@Test
	void blockingCommandIsSlowIfItWaitsForConnection() {
		try (CallRecord call = start(command("BLPOP queue 0"))) {
			pass(CallPart.POOL_WAIT, 10);
			this.nanoTime += 60_000_000_000L;
			end(call, null);
		}
		assertThat(keys()).containsExactly("queue");
	}

	@Test
	void pipelineMayWaitForAllItsBlockingCommands() {
		PipelineCommand pipeline = new PipelineCommand("",
				List.of(command("SET a 1"), command("WAIT 1 100"), command("WAIT 1 50")));
		run(pipeline, Duration.ofMillis(159));
		assertThat(this.calls.list()).isEmpty();
		run(pipeline, Duration.ofMillis(160));
		assertThat(this.calls.list()).hasSize(1);
	}

	@Test
	void pipelineHasNumberOfCommandsAndNoKey() {
		run(new PipelineCommand("", List.of(command("SET secret 1"), command("GET secret"))), LONG);
		assertThat(this.calls.list()).singleElement().satisfies((call) -> {
			assertThat(call.command()).isEqualTo("PIPELINE");
			assertThat(call.commands()).isEqualTo(2);
			assertThat(call.key()).isNull();
		});
	}

	@Test
	void firstOfSeveralKeysIsShown() {
		run("MGET a b c", LONG);
		assertThat(keys()).containsExactly("a");
	}

	@Test
	void commandWithoutKeysHasNone() {
		run("PING", LONG);
		assertThat(this.calls.list()).extracting(SlowCall::key).containsExactly((String) null);
	}

	@Test
	void keyIsNamedAsForHotKeys() {
		this.naming = (client, key) -> key.startsWith("hidden") ? null : client + ":" + key.replaceAll("\\d+", "*");
		this.calls = calls();
		run("GET user:123:cart", LONG);
		run("GET hidden:1", LONG.minusMillis(1));
		assertThat(this.calls.list()).extracting(SlowCall::key).containsExactly("foo:user:*:cart", null);
	}

	@Test
	void failingNamingIsCountedAndKeyLeftOut() {
		this.naming = (client, key) -> {
			throw new IllegalStateException("naming fails");
		};
		this.calls = calls();
		run("GET user:123:cart", LONG);
		assertThat(this.calls.list()).singleElement().satisfies((call) -> {
			assertThat(call.command()).isEqualTo("GET");
			assertThat(call.key()).isNull();
		});
		assertThat(this.failures.count(Part.LISTENER)).isOne();
	}

	@Test
	void failingTracerIsCountedAndTraceLeftOut() {
		this.traces = () -> {
			throw new IllegalStateException("tracer fails");
		};
		this.calls = calls();
		run("GET a", LONG);
		assertThat(this.calls.list()).extracting(SlowCall::traceId).containsExactly((String) null);
		assertThat(this.failures.count(Part.TRACING)).isOne();
	}

	@Test
	void keysAreShownAsRedisCliShowsThem() {
		assertThat(shown("käse".getBytes(StandardCharsets.UTF_8))).isEqualTo("käse");
		assertThat(shown(new byte[] { (byte) 0xAC, (byte) 0xED, 0, 5, 't', 0, 1, 'a' }))
			.isEqualTo("\"\\xac\\xed\\x00\\x05t\\x00\\x01a\"");
		assertThat(shown("a\n\t\r\b\007\"\\".getBytes(StandardCharsets.UTF_8)))
			.isEqualTo("\"a\\n\\t\\r\\b\\a\\\"\\\\\"");
	}

	@Test
	void longKeyIsCut() {
		this.naming = (client, key) -> key + "x".repeat(10_000);
		this.calls = calls("hot_keys.max_key_length=64");
		assertThat(shown("k".repeat(1_000_000).getBytes(StandardCharsets.UTF_8))).hasSize(64)
			.matches("k+\\.\\.\\.#[0-9a-f]{16}");
	}

	@Test
	void nameThatRedisHasNotRunIsNotShown() {
		try (CallRecord call = start(command("SECRET:123"))) {
			this.nanoTime += LONG.toNanos();
			end(call, new JedisDataException("ERR unknown command"));
		}
		assertThat(this.calls.list()).extracting(SlowCall::command).containsExactly("OTHER");
	}

	@Test
	void otherFailureIsShownByItsClass() {
		try (CallRecord call = start(command("GET secret"))) {
			this.nanoTime += LONG.toNanos();
			end(call, new JedisConnectionException("secret was lost"));
		}
		assertThat(this.calls.list()).extracting(SlowCall::error).containsExactly("JedisConnectionException");
	}

	private @Nullable String shown(byte[] key) {
		this.calls.reset();
		run(new CommandObject<>(new CommandArguments(Command.GET).key(key), BuilderFactory.RAW_OBJECT), LONG);
		return this.calls.list().get(0).key();
	}

	private Stream<@Nullable String> keys() {
		return this.calls.list().stream().map(SlowCall::key);
	}

	private void run(String line, Duration took) {
		run(command(line), took);
	}

	// The first word is a key for the commands that have one there, as Jedis marks it.
	private static CommandObject<Object> command(String line) {
		String[] words = line.split(" ");
		CommandArguments arguments = Commands.arguments(words[0]);
		for (int i = 1; i < words.length; i++) {
			if (words[0].equals("MGET") || (i == 1 && !words[0].matches("X.*|WAIT"))) {
				arguments.key(words[i]);
			}
			else {
				arguments.add(words[i]);
			}
		}
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

	private void run(CommandObject<?> command, Duration took) {
		try (CallRecord call = start(command)) {
			this.nanoTime += took.toNanos();
			end(call, null);
		}
	}

	private CallRecord start(CommandObject<?> command) {
		return CallRecord.start(command, CommandSpecs.of(command.getArguments()), () -> this.nanoTime);
	}

	private void pass(CallPart part, long millis) {
		this.nanoTime += Duration.ofMillis(millis).toNanos();
		CallRecord.lap(part);
	}

	private void end(CallRecord call, @Nullable Throwable failure) {
		call.end(failure);
		CallListener listener = this.calls.listener();
		if (listener != null) {
			listener.callEnded(call);
		}
	}

	private SlowCalls calls(String... properties) {
		return new SlowCalls(config(properties), this.naming, this.traces, this.failures, () -> this.now);
	}

	private static ClientConfig config(String... properties) {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost");
		Stream.of(properties)
			.map((property) -> property.split("=", 2))
			.forEach((property) -> environment.setProperty("foo." + property[0], property[1]));
		return new ClientConfigReader(environment).read("foo.");
	}

}
