package io.github.hotplate.test.assertj;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.activity.ClientActivity;
import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.CallRecord;

import static io.github.hotplate.test.assertj.RedisAssertions.assertThatRedis;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RedisActivityAssert}.
 */
class RedisActivityAssertTests {

	private final ClientActivity client = new ClientActivity("foo", false);

	private final AtomicLong nanos = new AtomicLong();

	private final RedisActivity activity = new RedisActivity();

	@Test
	void acceptsWhatWasAllowed() {
		send("a", "b");
		pipeline("c", "d", "e");
		assertThatRedis(this.activity).sentAtMost(3)
			.sentExactly(3)
			.sentAtMost(2, "get")
			.sentExactly(2, "GET")
			.sentExactly(1, "PIPELINE")
			.sent("GET")
			.sentNo("KEYS")
			.readNoKeyTwice()
			.hasNoFailures()
			.hasNoRetries()
			.needsNoRemedy()
			.tookAtMost(Duration.ofMillis(3))
			.client("bar")
			.sentNothing();
	}

	@Test
	void saysWhatWasSentAndTheRemedy() {
		send("a", "b", "c", "d", "e", "f", "a");
		pipeline("g", "h", "i");
		refuses((redis) -> redis.sentAtMost(5, "get"), """

				Expected at most 5 GET, but found 7 GET.
				Sent:
				  10 GET, 3 of them together, 7 ms
				  1 PIPELINE, 1 ms
				Remedy:
				  7 GETs one by one: use multiGet or executePipelined
				  1 key was read twice""");
	}

	@Test
	void saysThatNothingWasSent() {
		refuses((redis) -> redis.sent("MGET"), """

				Expected MGET, but found none.
				Sent:
				  nothing""");
	}

	@Test
	void refusesTooManyOfAnyName() {
		send("a", "b");
		refuses((redis) -> redis.sentAtMost(1), "Expected at most 1 command, but found 2 commands.");
		refuses((redis) -> redis.sentExactly(3), "Expected exactly 3 commands, but found 2 commands.");
		refuses((redis) -> redis.sentExactly(1, "GET"), "Expected exactly 1 GET, but found 2 GET.");
		refuses(RedisActivityAssert::sentNothing, "Expected no command, but found 2 commands.");
	}

	@Test
	void refusesCommandInsideOfPipeline() {
		pipeline("a");
		refuses((redis) -> redis.sentNo("get"), "Expected no GET, but found 1 GET.");
	}

	@Test
	void refusesKeysThatAreReadTwice() {
		send("a", "b", "a", "b");
		refuses(RedisActivityAssert::readNoKeyTwice,
				"Expected no key to be read twice, but found 2 keys were read again.");
		refuses(RedisActivityAssert::needsNoRemedy, "Expected nothing to improve, but found 1 to improve.");
	}

	@Test
	void refusesFailuresAndRetries() {
		this.activity.run(() -> {
			try (CallRecord call = CallRecord.start(get("a"), CommandSpecs.of(get("a").getArguments()), () -> 0)) {
				CallRecord.retried();
				call.end(new IllegalStateException("broken"));
				this.client.callEnded(call);
			}
		});
		refuses(RedisActivityAssert::hasNoFailures, "Expected no failure, but found 1 failed.");
		refuses(RedisActivityAssert::hasNoFailures, "  1 GET, 1 failed, 0 ms");
		refuses(RedisActivityAssert::hasNoRetries, "Expected no retry, but found 1 retry.");
	}

	@Test
	void refusesSlowCommands() {
		send("a", "b");
		refuses((redis) -> redis.tookAtMost(Duration.ofMillis(1)), "Expected at most 1 ms, but found 2 ms.");
	}

	@Test
	void namesTheClient() {
		send("a");
		refuses((redis) -> redis.client("foo").sentNothing(), "[client 'foo']");
	}

	@Test
	void refusesNegativeNumbers() {
		assertThatIllegalArgumentException().isThrownBy(() -> assertThatRedis(this.activity).sentAtMost(-1, "GET"))
			.withMessage("A number of commands is never negative: -1");
	}

	@Test
	void refusesNull() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatRedis(none()).sentAtMost(1))
			.withMessageContaining("not to be null");
	}

	@SuppressWarnings("NullAway")
	private static RedisActivity none() {
		return null;
	}

	private void refuses(Consumer<RedisActivityAssert> assertion, String message) {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertion.accept(assertThatRedis(this.activity)))
			.withMessageContaining(message);
	}

	private void send(String... keys) {
		for (String key : keys) {
			call(get(key));
		}
	}

	private void pipeline(String... keys) {
		call(new PipelineCommand("",
				List.of(keys).stream().<CommandObject<?>>map(RedisActivityAssertTests::get).toList()));
	}

	private void call(CommandObject<?> command) {
		this.activity.run(() -> {
			try (CallRecord call = CallRecord.start(command, CommandSpecs.of(command.getArguments()),
					this.nanos::get)) {
				this.nanos.addAndGet(1_000_000);
				call.end(null);
				this.client.callEnded(call);
			}
		});
	}

	private static CommandObject<@Nullable String> get(String key) {
		return new CommandObject<>(new CommandArguments(Command.GET).key(key), BuilderFactory.STRING);
	}

}
