package io.github.hotplate.pool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisCredentials;

import io.github.hotplate.test.EmbeddedRedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A {@link NodePool} loses no permit, however its connections end.
 */
class NodePoolIntegrationTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	private static final Duration LONG = Duration.ofSeconds(20);

	/**
	 * A server of its own, without other connections.
	 */
	private static EmbeddedRedisServer redis;

	private final ConnectionLimit limit = new ConnectionLimit(2);

	private final DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
		.clientSetInfoConfig(ClientSetInfoConfig.DISABLED);

	@BeforeAll
	static void start() {
		redis = EmbeddedRedisServer.builder().start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@Test
	void connectionThatAnswersOddlyIsNotUsedAgain() {
		NodePool pool = pool();
		PooledConnection subscribed = pool.borrow(WAIT);
		subscribed.executeCommand(new CommandArguments(Command.SUBSCRIBE).add("news"));
		subscribed.close();
		subscribed.idleSince(System.nanoTime() - TimeUnit.SECONDS.toNanos(31));
		try (PooledConnection connection = pool.borrow(WAIT)) {
			assertThat(connection).isNotSameAs(subscribed);
			assertThat(subscribed.isConnected()).isFalse();
		}
		pool.close();
		assertNothingIsLeft();
	}

	@Test
	void probeWithoutCredentialsLeavesNothingBehind() {
		this.config.credentialsProvider(NodePoolIntegrationTests::fail);
		assertThat(pool().probe()).isEqualTo(ProbeResult.NOT_ASKED);
		assertNothingIsLeft();
	}

	@Test
	void connectionWithoutCredentialsLeavesNothingBehind() {
		this.config.credentialsProvider(NodePoolIntegrationTests::fail);
		NodePool pool = pool();
		assertThatIllegalStateException().isThrownBy(() -> pool.borrow(WAIT)).withMessage("expected");
		assertNothingIsLeft();
	}

	private static RedisCredentials fail() {
		throw new IllegalStateException("expected");
	}

	private void assertNothingIsLeft() {
		assertThat(this.limit.inUse()).isZero();
		assertThat(this.limit.open()).isZero();
		// The connection that asks counts as well.
		Awaitility.await()
			.atMost(LONG)
			.until(() -> String.valueOf(redis.node().execute("INFO", "clients")).contains("connected_clients:1\r"));
	}

	private NodePool pool() {
		HostAndPort address = new HostAndPort(redis.node().host(), redis.node().port());
		return new NodePool("foo", new NodeConnector("foo", address, this.config.build(), false), this.limit,
				() -> false, System::nanoTime);
	}

}
