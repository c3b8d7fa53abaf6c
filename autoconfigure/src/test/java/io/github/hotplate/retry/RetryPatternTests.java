package io.github.hotplate.retry;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.Commands;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.NodeUnreachableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * Commands of a client that is configured as the retry pattern has it.
 */
@ExtendWith(OutputCaptureExtension.class)
class RetryPatternTests {

	private static final JedisConnectionException TIMEOUT = new JedisConnectionException(
			new SocketTimeoutException("Read timed out"));

	private final CommandExecutor redis = mock();

	private final TestRetries retries = new TestRetries(this.redis);

	private final CommandObject<Object> get = Commands.command("GET key");

	@Test
	void commandIsRepeatedThreeTimesEachFiveSecondsAfterWarning(CapturedOutput output) {
		JedisDataException readOnly = new JedisDataException("READONLY You can't write against a read only replica.");
		given(this.redis.executeCommand(this.get)).willThrow(readOnly);
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> pattern().executeCommand(this.get))
			.isSameAs(readOnly);
		verify(this.redis, times(4)).executeCommand(this.get);
		assertThat(this.retries.pauses()).hasSize(3).containsOnly(Duration.ofSeconds(5));
		assertThat(output.toString().lines().filter((line) -> line.contains("Retrying in 5 seconds")).toList())
			.hasSize(3)
			.allMatch((line) -> line.contains("WARN") && line.contains("'foo'"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void connectionErrorsTimeoutsAndRefusalsAreRepeated(RuntimeException failure) {
		given(this.redis.executeCommand(this.get)).willThrow(failure, failure, failure).willReturn("value");
		assertThat(pattern().executeCommand(this.get)).isEqualTo("value");
		assertThat(this.retries.pauses()).hasSize(3).containsOnly(Duration.ofSeconds(5));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void lastErrorIsThatOfTheLastAttempt(RuntimeException failure) {
		given(this.redis.executeCommand(this.get)).willThrow(failure);
		assertThatException().isThrownBy(() -> pattern().executeCommand(this.get)).isSameAs(failure);
		verify(this.redis, times(4)).executeCommand(this.get);
	}

	static Stream<RuntimeException> failures() {
		return Stream.of(new NodeUnreachableException("refused", null), new JedisConnectionException("reset"), TIMEOUT,
				new JedisDataException("LOADING Redis is loading the dataset in memory"),
				new JedisDataException("MASTERDOWN Link with MASTER is down"),
				new JedisDataException("READONLY You can't write against a read only replica."));
	}

	@Test
	void otherErrorsAreNotRepeated(CapturedOutput output) {
		JedisDataException wrongType = new JedisDataException("WRONGTYPE Operation against a key");
		given(this.redis.executeCommand(this.get)).willThrow(wrongType);
		assertThatException().isThrownBy(() -> pattern().executeCommand(this.get)).isSameAs(wrongType);
		verify(this.redis).executeCommand(this.get);
		assertThat(output).doesNotContain("Retrying");
	}

	@Test
	void noRetriesMeanNone(CapturedOutput output) {
		given(this.redis.executeCommand(this.get)).willThrow(TIMEOUT);
		assertThatException().isThrownBy(() -> this.retries.client("max_retries=0").executeCommand(this.get))
			.isSameAs(TIMEOUT);
		verify(this.redis).executeCommand(this.get);
		assertThat(output).doesNotContain("Retrying");
	}

	@Test
	void commandThatMayHaveRunIsRepeatedOnRequestOnly() {
		CommandObject<Object> incr = Commands.command("INCR key");
		given(this.redis.executeCommand(incr)).willThrow(TIMEOUT);
		assertThatExceptionOfType(AmbiguousExecutionException.class).isThrownBy(() -> pattern().executeCommand(incr));
		verify(this.redis).executeCommand(incr);
		assertThatException()
			.isThrownBy(() -> this.retries.client("max_retries=3", "backoff=5 seconds", "non_idempotent=true")
				.executeCommand(incr))
			.isSameAs(TIMEOUT);
		verify(this.redis, times(5)).executeCommand(incr);
	}

	private CommandExecutor pattern() {
		return this.retries.client("max_retries=3", "backoff=5 seconds");
	}

	@Test
	void otherClientsAreSilent(CapturedOutput output) {
		given(this.redis.executeCommand(this.get)).willThrow(new NodeUnreachableException("down", null))
			.willReturn("value");
		assertThat(this.retries.client().executeCommand(this.get)).isEqualTo("value");
		assertThat(output).doesNotContain("Retrying in");
	}

}
