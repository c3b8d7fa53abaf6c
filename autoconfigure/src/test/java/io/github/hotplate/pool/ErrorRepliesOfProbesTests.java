package io.github.hotplate.pool;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.reports.Report;
import io.github.hotplate.reports.ScriptedServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A node that answers a probe with an error is alive, and a connection that it answers on
 * is open, unless the error is about the connection.
 */
class ErrorRepliesOfProbesTests {

	private final ScriptedServer server = ScriptedServer.start();

	private final NodePool pool = new NodePool("foo", new NodeConnector("foo", HostAndPort.from(this.server.address()),
			DefaultJedisClientConfig.builder().clientSetInfoConfig(ClientSetInfoConfig.DISABLED).build(), false),
			new ConnectionLimit(2), () -> false, System::nanoTime);

	@AfterEach
	void close() {
		this.pool.close();
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "LOADING", "MASTERDOWN", "MISCONF", "BUSY", "NOPERM", "READONLY", "UNKNOWN_COMMAND", "ERR" })
	void serverThatAnswersIsAliveAndConnected(ErrorReply reply) {
		this.server.refuse("PING", text(reply), false);
		assertThat(this.pool.probe().isAnswer()).isTrue();
		this.server.refuse("PING", text(reply), false);
		try (PooledConnection connection = this.pool.borrow(Duration.ofSeconds(1))) {
			assertThat(connection.ping()).isTrue();
		}
		assertThat(this.pool.usage().idle()).isOne();
	}

	@ParameterizedTest
	@EnumSource(names = { "TOO_MANY_CLIENTS", "DENIED" })
	@Report("jedis #1039")
	void serverThatTurnsConnectionsAwayIsAliveAndQuoted(ErrorReply reply) {
		this.server.refuse("PING", text(reply), true);
		assertThat(this.pool.probe().isAnswer()).isTrue();
		this.server.refuse("PING", text(reply), true);
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> this.pool.borrow(Duration.ofSeconds(1)))
			.withMessageContaining(text(reply));
		assertThat(this.pool.usage()).isEqualTo(new PoolUsage(0, 0));
	}

	private static String text(ErrorReply reply) {
		return switch (reply) {
			case TOO_MANY_CLIENTS -> "ERR max number of clients reached";
			case UNKNOWN_COMMAND -> "ERR unknown command 'PING'";
			default -> reply + " in the words of Redis";
		};
	}

}
