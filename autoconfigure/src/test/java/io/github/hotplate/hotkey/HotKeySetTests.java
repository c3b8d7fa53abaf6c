package io.github.hotplate.hotkey;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.reports.Report;
import io.github.hotplate.reports.ScriptedServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link HotKeySet}: a flush that Redis refuses adds nothing.
 */
class HotKeySetTests {

	private final DedicatedConnections connections = mock();

	private final AtomicLong nanos = new AtomicLong();

	private ScriptedServer server;

	private HotKeySet set;

	@BeforeEach
	void connect() {
		this.server = ScriptedServer.start();
		HostAndPort address = HostAndPort.from(this.server.address());
		given(this.connections.primaryOf(anyInt())).willReturn(address);
		given(this.connections.open(any(), any())).willAnswer((invocation) -> new Connection(address));
		this.set = new HotKeySet(KeyAccess.READS, 10,
				new TrackerConnection(this.connections, 0, HotKeySet.TIMEOUT, this.nanos::get), "1");
	}

	@AfterEach
	void disconnect() {
		this.set.close();
		this.server.close();
	}

	@Test
	void whatRedisTakesIsAddedOnce() {
		assertThat(flush().isLost()).isFalse();
		assertThat(this.server.ran("ZUNIONSTORE")).isOne();
	}

	@Test
	void nameIsLookedUpAnewFromTimeToTime() {
		for (int i = 0; i < 5; i++) {
			flush();
			this.nanos.addAndGet(Duration.ofSeconds(10).toNanos());
		}
		then(this.connections).should(times(2)).open(any(), any());
	}

	@ParameterizedTest
	@MethodSource("replies")
	@Report("MULTI refused by an ACL")
	void nothingIsSentWithoutTransaction(ErrorReply reply) {
		this.server.refuse("MULTI", text(reply), false);
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(this::flush);
		assertThat(this.server.received("ZADD")).isZero();
		thenIsAsTheTableSays(reply);
	}

	@ParameterizedTest
	@MethodSource("replies")
	void nothingIsAddedByTransactionWithRefusal(ErrorReply reply) {
		this.server.refuse("ZADD", text(reply), false);
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(this::flush);
		assertThat(this.server.ran("ZUNIONSTORE")).isZero();
		thenIsAsTheTableSays(reply);
	}

	private void thenIsAsTheTableSays(ErrorReply reply) {
		then(this.connections).should(times(reply.isRefused() ? 1 : 0)).requestRefresh();
		assertThat(flush().isLost()).isFalse();
		then(this.connections).should(times((reply.breaksConnection() || reply.isWrongNode()) ? 2 : 1))
			.open(any(), any());
		assertThat(this.server.ran("ZUNIONSTORE")).isOne();
	}

	private Delivery flush() {
		return this.set.add(List.of(new Contribution(new TrackedKey(KeyName.of("key"), 0, 0, 0), 1)));
	}

	private static Stream<ErrorReply> replies() {
		return Stream.of(ErrorReply.values()).filter((reply) -> ErrorReply.of(error(reply)) == reply);
	}

	private static JedisDataException error(ErrorReply reply) {
		return new JedisDataException(text(reply));
	}

	private static String text(ErrorReply reply) {
		return switch (reply) {
			case MOVED, ASK -> reply + " 1 127.0.0.1:1";
			case DEMOTED -> "UNBLOCKED force unblock from blocking operation, instance state changed";
			case TOO_MANY_CLIENTS -> "ERR max number of clients reached";
			default -> reply.name() + " in the words of Redis";
		};
	}

}
