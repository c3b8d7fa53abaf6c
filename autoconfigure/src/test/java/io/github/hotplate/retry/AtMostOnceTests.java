package io.github.hotplate.retry;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.AtMostOnce;
import io.github.hotplate.command.Commands;
import io.github.hotplate.execution.AmbiguousExecutionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link AtMostOnce}.
 */
class AtMostOnceTests {

	private final CommandExecutor redis = mock();

	private final CommandExecutor client = new TestRetries(this.redis).client("non_idempotent=true");

	private final CommandObject<Object> once = new Once();

	@Test
	void lostReplyIsNotRepeatedEvenWhereOthersAre() {
		given(this.redis.executeCommand(this.once)).willThrow(new JedisConnectionException("reset"));
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> this.client.executeCommand(this.once));
		verify(this.redis, times(1)).executeCommand(this.once);
	}

	@Test
	void refusalIsRepeated() {
		given(this.redis.executeCommand(this.once)).willThrow(new JedisDataException("TRYAGAIN later")).willReturn(1L);
		assertThat(this.client.executeCommand(this.once)).isEqualTo(1L);
	}

	private static final class Once extends CommandObject<Object> implements AtMostOnce {

		Once() {
			super(Commands.arguments("LREM key -1 x"), BuilderFactory.RAW_OBJECT);
		}

	}

}
