package io.github.hotplate.routing;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.Commands;
import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link WireTransaction}.
 */
class WireTransactionTests {

	private final Connection connection = mock();

	@Test
	@Report("state of shared connections")
	void connectionThatMayStillQueueIsNotUsedAgain() {
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> run("QUEUED", new JedisDataException("NOPERM no permissions to run 'exec'")));
		then(this.connection).should().setBroken();
	}

	@Test
	void connectionIsUsedAgainAfterExec() {
		assertThat(run("QUEUED", List.of("OK"))).isEqualTo(List.of("OK"));
		assertThat(run("QUEUED", null)).isNull();
		then(this.connection).should(never()).setBroken();
	}

	private @Nullable Object run(@Nullable Object... replies) {
		Iterator<@Nullable Object> next = Arrays.asList(replies).iterator();
		willAnswer((invocation) -> {
			Object reply = next.next();
			if (reply instanceof JedisDataException refusal) {
				throw refusal;
			}
			return reply;
		}).given(this.connection).getOne();
		return WireTransaction.run(List.of(Commands.command("SET key value")), this.connection);
	}

}
