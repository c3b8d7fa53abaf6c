package io.github.hotplate.pool;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.health.SilentServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link NodePool}.
 */
class NodePoolTests {

	private static final Duration WAIT = Duration.ofMillis(50);

	private final SilentServer server = SilentServer.greeting();

	private final SilentServer mute = SilentServer.start();

	private final ConnectionLimit limit = new ConnectionLimit(2);

	private final NodePool pool = pool(this.server, false);

	@AfterEach
	void close() {
		this.pool.close();
		this.server.close();
		this.mute.close();
	}

	@Test
	void connectionUsedLastIsUsedNext() {
		PooledConnection first = this.pool.borrow(WAIT);
		PooledConnection second = this.pool.borrow(WAIT);
		first.close();
		second.close();
		assertThat(this.pool.usage()).isEqualTo(new PoolUsage(0, 2));
		assertThat(this.pool.borrow(WAIT)).isSameAs(second);
		assertThat(this.pool.usage()).isEqualTo(new PoolUsage(1, 1));
	}

	@Test
	void connectionIdleForLongestIsGivenUpFirst() {
		PooledConnection first = this.pool.borrow(WAIT);
		PooledConnection second = this.pool.borrow(WAIT);
		first.close();
		second.close();
		assertThat(this.pool.evictIdle()).isTrue();
		assertThat(first.isConnected()).isFalse();
		assertThat(second.isConnected()).isTrue();
		assertThat(this.pool.evictIdle()).isTrue();
		assertThat(this.pool.evictIdle()).isFalse();
		assertThat(this.limit.open()).isZero();
	}

	@Test
	void exhaustedPoolSaysHow() {
		this.pool.borrow(WAIT);
		this.pool.borrow(WAIT);
		assertThatExceptionOfType(ConnectionPoolExhaustedException.class).isThrownBy(() -> this.pool.borrow(WAIT))
			.withMessageContainingAll("'foo'", "within 50 ms", "limit 2", "in use 2", "idle 0", "waiting 0",
					"foo.max_connections", "foo.timeout");
	}

	@Test
	void pooledConnectionIsNotWaitedForIfNotAsked() {
		this.pool.borrow(WAIT);
		this.pool.borrow(WAIT);
		assertThat(this.pool.tryBorrow()).isNull();
	}

	@Test
	void brokenConnectionIsNotUsedAgain() {
		PooledConnection connection = this.pool.borrow(WAIT);
		connection.setBroken();
		connection.close();
		assertThat(connection.isConnected()).isFalse();
		assertThat(this.pool.usage()).isEqualTo(new PoolUsage(0, 0));
		assertThat(this.limit.open()).isZero();
		assertThat(this.limit.inUse()).isZero();
	}

	@Test
	void connectionClosedTwiceComesBackOnce() {
		PooledConnection connection = this.pool.borrow(WAIT);
		connection.close();
		connection.close();
		assertThat(this.pool.usage()).isEqualTo(new PoolUsage(0, 1));
		assertThat(this.limit.inUse()).isZero();
	}

	@Test
	void connectionIdleForLongIsCheckedFirst() {
		PooledConnection connection = this.pool.borrow(WAIT);
		connection.close();
		connection.idleSince(System.nanoTime() - TimeUnit.SECONDS.toNanos(31));
		assertThat(this.pool.borrow(WAIT)).isNotSameAs(connection);
		assertThat(connection.isConnected()).isFalse();
		assertThat(this.limit.open()).isOne();
	}

	@Test
	void unreachableNodeIsNamedAndTakesNoPlace() {
		this.server.close();
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> this.pool.borrow(WAIT))
			.withMessageContainingAll("'foo'", this.server.address().toString(), "Connection refused");
		assertThat(this.limit.open()).isZero();
		assertThat(this.limit.inUse()).isZero();
		assertThat(this.pool.usage()).isEqualTo(new PoolUsage(0, 0));
	}

	@Test
	void nodeThatNeverAnswersTakesNoPlace() {
		NodePool reading = pool(this.mute, true);
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> reading.borrow(WAIT));
		assertThat(this.limit.open()).isZero();
		assertThat(this.limit.inUse()).isZero();
	}

	@Test
	void probeOfSilentNodeFailsAndTakesNoPlace() {
		assertThat(pool(this.mute, false).probe()).isEqualTo(ProbeResult.SILENT);
		assertThat(this.limit.open()).isZero();
		assertThat(this.limit.inUse()).isZero();
	}

	@Test
	void probeThatFindsNoRoomKeepsNothing() {
		ConnectionLimit none = new ConnectionLimit(1);
		none.reservePlace(() -> false);
		NodePool crowded = new NodePool("foo", connector(this.server, false), none, () -> {
			throw new IllegalStateException("expected");
		}, System::nanoTime);
		assertThatIllegalStateException().isThrownBy(crowded::probe);
		assertThat(none.inUse()).isZero();
		assertThat(none.open()).isOne();
	}

	@Test
	void probeDoesNotExceedLimit() {
		this.pool.borrow(WAIT);
		this.pool.borrow(WAIT);
		assertThat(this.pool.probe()).isEqualTo(ProbeResult.NOT_ASKED);
		assertThat(this.limit.open()).isEqualTo(2);
	}

	@Test
	void interruptEndsWaitAndIsKept() {
		this.pool.borrow(WAIT);
		this.pool.borrow(WAIT);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(ConnectionPoolExhaustedException.class)
			.isThrownBy(() -> this.pool.borrow(Duration.ofMinutes(1)))
			.withMessageContainingAll("Interrupted", "'foo'");
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void closeClosesIdleConnectionsAtOnceAndOthersWhenTheyComeBack() {
		PooledConnection active = this.pool.borrow(WAIT);
		PooledConnection idle = this.pool.borrow(WAIT);
		idle.close();
		this.pool.close();
		assertThat(idle.isConnected()).isFalse();
		assertThat(active.isConnected()).isTrue();
		active.close();
		assertThat(active.isConnected()).isFalse();
		assertThat(this.limit.open()).isZero();
		assertThat(this.limit.inUse()).isZero();
	}

	@Test
	void retiredConnectionsAreNotUsedAgain() {
		PooledConnection active = this.pool.borrow(WAIT);
		PooledConnection idle = this.pool.borrow(WAIT);
		idle.close();
		this.pool.retire();
		assertThat(idle.isConnected()).isFalse();
		assertThat(active.isConnected()).isTrue();
		active.close();
		assertThat(active.isConnected()).isFalse();
		assertThat(this.limit.open()).isZero();
		assertThat(this.pool.borrow(WAIT).isBroken()).isFalse();
	}

	@Test
	void fencedPoolLendsToNobodyNotEvenToThoseWhoWait() {
		PooledConnection first = this.pool.borrow(WAIT);
		PooledConnection second = this.pool.borrow(WAIT);
		CompletableFuture<PooledConnection> waiting = CompletableFuture
			.supplyAsync(() -> this.pool.borrow(Duration.ofSeconds(20)));
		Awaitility.await().until(() -> this.pool.waiting() == 1);
		this.pool.checkFence();
		this.pool.fence();
		first.close();
		assertThat(waiting).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.withCauseInstanceOf(NodeUnreachableException.class)
			.withMessageContaining("is no longer the primary; nothing was sent");
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(this.pool::checkFence);
		second.close();
		assertThat(this.limit.open()).isZero();
		assertThat(this.limit.inUse()).isZero();
	}

	@Test
	void abandonedConnectionsLetTheirUsersGoAndAreNotUsedAgain() {
		PooledConnection idle = this.pool.borrow(WAIT);
		PooledConnection active = this.pool.borrow(WAIT);
		idle.close();
		active.setTimeoutInfinite();
		CompletableFuture<Boolean> reader = CompletableFuture.supplyAsync(active::ping);
		this.pool.abandon();
		assertThat(reader).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.withCauseInstanceOf(JedisConnectionException.class);
		active.close();
		assertThat(this.pool.usage()).isEqualTo(new PoolUsage(0, 0));
		assertThat(this.pool.borrow(WAIT)).isNotSameAs(idle);
		assertThat(this.limit.open()).isOne();
		assertThat(this.limit.inUse()).isOne();
	}

	@Test
	void abandonedConnectionIsNotOpenedAgain() {
		PooledConnection connection = this.pool.borrow(WAIT);
		this.pool.abandon();
		assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(connection::ping)
			.withMessageContaining("abandoned");
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(connection::checkHeld)
			.withMessageContaining("abandoned");
		assertThat(connection.isConnected()).isFalse();
	}

	private NodePool pool(SilentServer node, boolean readOnly) {
		return new NodePool("foo", connector(node, readOnly), this.limit, () -> false, System::nanoTime);
	}

	private static NodeConnector connector(SilentServer node, boolean readOnly) {
		JedisClientConfig config = DefaultJedisClientConfig.builder()
			.clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
			.connectionTimeoutMillis(10_000)
			.socketTimeoutMillis(100)
			.build();
		return new NodeConnector("foo", node.address(), config, readOnly);
	}

}
