package io.github.hotplate.execution;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.Commands;

import static org.assertj.core.api.Assertions.assertThat;
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

	private final CommandExecutor redis = mock();

	private final TestRetries retries = new TestRetries(this.redis);

	private final CommandObject<Object> get = Commands.command("GET key");

	@Test
	void commandIsRepeatedThreeTimesEachFiveSecondsAfterWarning(CapturedOutput output) {
		JedisDataException readOnly = new JedisDataException("READONLY You can't write against a read only replica.");
		given(this.redis.executeCommand(this.get)).willThrow(readOnly);
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> this.retries.client("max_retries=3", "backoff=5 seconds").executeCommand(this.get))
			.isSameAs(readOnly);
		verify(this.redis, times(4)).executeCommand(this.get);
		assertThat(this.retries.pauses()).hasSize(3).containsOnly(Duration.ofSeconds(5));
		assertThat(output.toString().lines().filter((line) -> line.contains("Retrying in 5 seconds")).toList())
			.hasSize(3)
			.allMatch((line) -> line.contains("WARN") && line.contains("'foo'"));
	}

	@Test
	void otherClientsAreSilent(CapturedOutput output) {
		given(this.redis.executeCommand(this.get)).willThrow(new NodeUnreachableException("down", null))
			.willReturn("value");
		assertThat(this.retries.client().executeCommand(this.get)).isEqualTo("value");
		assertThat(output).doesNotContain("Retrying in");
	}

}
