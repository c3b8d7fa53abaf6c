package io.github.hotplate.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.exceptions.JedisBusyException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.reports.Report;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.FaultProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

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

	@Test
	@Report("jedis #2359")
	void fortySilentIdleConnectionsCostOneCheck() {
		ConnectionLimit many = new ConnectionLimit(40);
		AtomicLong later = new AtomicLong();
		try (FaultProxy proxy = FaultProxy.to(redis.node())) {
			NodePool pool = new NodePool("foo",
					new NodeConnector("foo", new HostAndPort(proxy.host(), proxy.port()), this.config.build(), false),
					many, () -> false, () -> System.nanoTime() + later.get());
			List<PooledConnection> idle = Stream.generate(() -> pool.borrow(WAIT)).limit(40).toList();
			idle.forEach(PooledConnection::close);
			later.set(TimeUnit.SECONDS.toNanos(31));
			proxy.forgetConnections();
			long start = System.nanoTime();
			pool.borrow(WAIT).close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(190),
					Duration.ofSeconds(2));
			assertThat(idle).noneMatch(PooledConnection::isConnected);
			assertThat(many.open()).isOne();
			pool.close();
		}
	}

	@Test
	@Report("jedis #2359")
	void checkOfIdleConnectionCountsAgainstDeadlineOfCall() {
		AtomicLong later = new AtomicLong();
		try (FaultProxy proxy = FaultProxy.to(redis.node())) {
			NodePool pool = new NodePool("foo",
					new NodeConnector("foo", new HostAndPort(proxy.host(), proxy.port()), this.config.build(), false),
					this.limit, () -> false, () -> System.nanoTime() + later.get());
			PooledConnection idle = pool.borrow(WAIT);
			idle.close();
			later.set(TimeUnit.SECONDS.toNanos(31));
			proxy.forgetConnections();
			long start = System.nanoTime();
			try (CallDeadline deadline = CallDeadline.start(Duration.ofMillis(5), System::nanoTime)) {
				assertThat(deadline.left()).isPositive();
				pool.borrow(WAIT).close();
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(190));
			pool.close();
		}
	}

	@Test
	@Report("restart with many idle connections")
	void connectionsThatServerClosedAreDroppedBeforehandAndOthersStay() {
		NodePool pool = pool();
		PooledConnection closed = pool.borrow(WAIT);
		PooledConnection open = pool.borrow(WAIT);
		String id = ServerSideClient.of(closed).id();
		closed.close();
		open.close();
		redis.node().execute("CLIENT", "KILL", "ID", id);
		pool.discardEnded(Duration.ofHours(1));
		assertThat(pool.usage().idle()).isEqualTo(2);
		Awaitility.await().untilAsserted(() -> {
			pool.discardEnded(Duration.ZERO);
			assertThat(pool.usage().idle()).isOne();
		});
		assertThat(pool.borrow(WAIT)).isSameAs(open);
		assertThat(open.ping()).isTrue();
		open.close();
		pool.close();
		assertNothingIsLeft();
	}

	@Test
	@Report("jedis #1039")
	void fullServerIsNotConnectedTo() {
		NodePool pool = pool();
		redis.node().execute("CONFIG", "SET", "maxclients", "1");
		try {
			PooledConnection only = Awaitility.await()
				.ignoreExceptions()
				.until(() -> pool.borrow(WAIT), Objects::nonNull);
			assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> pool.borrow(WAIT))
				.withMessageContaining("max number of clients reached");
			assertThat(pool.usage()).isEqualTo(new PoolUsage(1, 0));
			only.executeCommand(new CommandArguments(Command.CONFIG).add("SET").add("maxclients").add("10000"));
			only.close();
		}
		finally {
			pool.close();
		}
		assertNothingIsLeft();
	}

	@Test
	void serverThatIsBusySaysSoAndIsNotUnreachable() {
		this.config.database(1);
		redis.node().execute("CONFIG", "SET", "lua-time-limit", "1");
		NodePool pool = pool();
		CompletableFuture<Object> script = CompletableFuture
			.supplyAsync(() -> redis.node().execute("EVAL", "while true do end", "0"));
		Awaitility.await().until(() -> catchThrowable(() -> redis.node().execute("PING")) != null);
		try {
			// A busy server may take longer than a connection may, and Valkey 9 selects.
			Awaitility.await()
				.atMost(LONG)
				.untilAsserted(() -> assertThat(catchThrowable(() -> pool.borrow(WAIT).close())).satisfiesAnyOf(
						(failure) -> assertThat(failure).isNull(),
						(failure) -> assertThat(failure).isInstanceOf(JedisBusyException.class)));
		}
		finally {
			redis.node().execute("SCRIPT", "KILL");
		}
		assertThat(script).failsWithin(LONG);
		pool.borrow(WAIT).close();
		pool.close();
		assertNothingIsLeft();
	}

	@Test
	@Report("spring-data-redis #3431")
	void commandThatWaitsIsLetGoAndWillBeSentToAnotherServer() {
		NodePool pool = pool();
		PooledConnection connection = pool.borrow(WAIT);
		pool.borrow(WAIT).close();
		CompletableFuture<Object> found = pop(connection);
		pool.leaveServer();
		assertThat(found).failsWithin(LONG)
			.withThrowableThat()
			.withCauseInstanceOf(JedisDataException.class)
			.withMessageContaining("TRYAGAIN BLPOP did not run: the name of the server leads to another one now");
		connection.close();
		assertNothingIsLeft();
	}

	@Test
	@Report("spring-data-redis #3431")
	void commandThatWaitsIsLetGoThoughLatestConnectionLeadsElsewhere() {
		ConnectionLimit three = new ConnectionLimit(3);
		try (EmbeddedRedisServer successor = EmbeddedRedisServer.builder().start();
				FaultProxy name = FaultProxy.to(redis.node())) {
			NodePool pool = pool(new HostAndPort(name.host(), name.port()), three);
			PooledConnection connection = pool.borrow(WAIT);
			PooledConnection older = pool.borrow(WAIT);
			name.retarget(successor.node());
			PooledConnection latest = pool.borrow(WAIT);
			Stream.of(older, latest).forEach(PooledConnection::close);
			CompletableFuture<Object> found = pop(connection);
			pool.leaveServer();
			assertThat(found).failsWithin(LONG).withThrowableThat().withMessageContaining("TRYAGAIN BLPOP did not run");
			connection.close();
			assertThat(three.inUse()).isZero();
			assertThat(three.open()).isZero();
		}
	}

	@Test
	@Report("spring-data-redis #3431")
	void commandThatWaitsEndsWhereItsServerCannotBeToldToLetItGo() {
		NodePool pool = pool();
		PooledConnection connection = pool.borrow(WAIT);
		CompletableFuture<Object> found = pop(connection);
		PooledConnection other = pool.borrow(WAIT);
		pool.leaveServer();
		assertThat(found).failsWithin(LONG)
			.withThrowableThat()
			.withCauseInstanceOf(JedisConnectionException.class)
			.withMessageContaining("the name of the server leads to another one now and the reply is lost");
		Stream.of(connection, other).forEach(PooledConnection::close);
		assertNothingIsLeft();
	}

	private static CompletableFuture<Object> pop(PooledConnection connection) {
		CompletableFuture<Object> found = CompletableFuture.supplyAsync(
				() -> connection.useOrBreak((used) -> used.executeCommand(new CommandObjects().blpop(0, "nothing"))));
		Awaitility.await()
			.until(() -> String.valueOf(redis.node().execute("INFO", "clients")).contains("blocked_clients:1"));
		return found;
	}

	@Test
	void lostConnectionIsNotOpenedAgain() {
		NodePool pool = pool();
		PooledConnection connection = pool.borrow(WAIT);
		connection.closeSocket();
		assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(connection::ping)
			.withMessageContaining("is closed");
		connection.close();
		pool.close();
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
		return pool(new HostAndPort(redis.node().host(), redis.node().port()), this.limit);
	}

	private NodePool pool(HostAndPort address, ConnectionLimit limit) {
		return new NodePool("foo", new NodeConnector("foo", address, this.config.build(), false), limit, () -> false,
				System::nanoTime);
	}

}
