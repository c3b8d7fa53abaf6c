package io.github.hotplate.subscription;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.pool.PooledConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link Leg}.
 */
class LegTests {

	private final PooledConnection connection = mock();

	private final Leg.Owner owner = mock();

	private final AtomicLong now = new AtomicLong(1);

	private final CountDownLatch end = new CountDownLatch(1);

	@Test
	void topicWantedDuringHeartbeatIsSubscribedTo() {
		given(this.connection.getUnflushedObject()).willAnswer((call) -> {
			this.end.await();
			throw new JedisConnectionException("closed");
		});
		Leg leg = new Leg("foo", new HostAndPort("host", 1), this.owner, (node) -> this.connection, this.now::get);
		CommandArguments subscribe = new CommandArguments(Command.SUBSCRIBE).add("topic");
		willAnswer((call) -> {
			leg.enqueue(subscribe);
			Thread other = new Thread(leg::flush);
			other.start();
			other.join();
			return null;
		}).given(this.connection).sendCommand(argThat((CommandArguments sent) -> sent.getCommand() == Command.PING));
		leg.start();
		try {
			verify(this.owner, timeout(5_000)).connected(leg);
			this.now.set(10);
			assertThat(leg.isOverdue(5, 5)).isFalse();
			verify(this.connection).sendCommand(subscribe);
		}
		finally {
			this.end.countDown();
		}
	}

}
