package io.github.hotplate.pool;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.ClientClosing;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.health.SilentServer;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PoolListener}.
 */
class PoolListenerTests {

	private final SilentServer server = SilentServer.greeting();

	private final AtomicLong now = new AtomicLong();

	private final MonitoringFailures failures = new MonitoringFailures();

	private final PoolMonitor monitor = new PoolMonitor(this.failures);

	private final Notes notes = new Notes();

	private final NodePool pool = new NodePool("foo", new NodeConnector("foo", this.server.address(),
			DefaultJedisClientConfig.builder().clientSetInfoConfig(ClientSetInfoConfig.DISABLED).build(), false),
			new ConnectionLimit(1), () -> false, this.now::get, new ClientClosing("foo"), new Inspections(),
			this.monitor);

	@AfterEach
	void close() {
		this.pool.close();
		this.server.close();
	}

	@Test
	void hearsOfOpeningUseAndReturn() {
		this.monitor.listeners().add(this.notes);
		PooledConnection connection = this.pool.borrow(Duration.ZERO);
		this.now.addAndGet(7);
		connection.close();
		this.pool.borrow(Duration.ZERO);
		assertThat(this.notes.heard).containsExactly("opened 0", "borrowed 0 0", "returned 7", "borrowed 0 0");
	}

	@Test
	void timeInUseIsNotTimeToOpenNorTimeAtRest() {
		this.monitor.listeners().add(this.notes);
		PooledConnection connection = this.pool.borrow(Duration.ZERO);
		connection.ready(this.now.get(), 5);
		this.now.addAndGet(3);
		connection.close();
		this.now.addAndGet(1_000);
		PooledConnection again = this.pool.borrow(Duration.ZERO);
		assertThat(again.readyNanos()).isZero();
		this.now.addAndGet(4);
		again.close();
		assertThat(this.notes.heard).endsWith("returned 3", "borrowed 0 0", "returned 4");
	}

	@Test
	void hearsOfWait() {
		PooledConnection taken = this.pool.borrow(Duration.ZERO);
		this.monitor.listeners().add(this.notes);
		CompletableFuture<PooledConnection> waiting = CompletableFuture
			.supplyAsync(() -> this.pool.borrow(Duration.ofSeconds(20)));
		Awaitility.await().until(() -> this.pool.waiting() == 1 && this.pool.monitor().waiting() == 1);
		this.now.addAndGet(11);
		taken.close();
		assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
		assertThat(this.notes.heard).containsExactlyInAnyOrder("returned 11", "borrowed 11 0");
		assertThat(this.pool.monitor().waiting()).isZero();
	}

	@Test
	void hearsOfThoseWhoGetNoConnection() {
		this.monitor.listeners().add(this.notes);
		this.pool.borrow(Duration.ZERO);
		assertThatExceptionOfType(ConnectionPoolExhaustedException.class)
			.isThrownBy(() -> this.pool.borrow(Duration.ZERO));
		assertThat(this.pool.tryBorrow()).isNull();
		assertThat(this.notes.heard).endsWith("borrowed 0 0", "missed 0");
		assertThat(this.pool.monitor().waiting()).isZero();
	}

	@Test
	void hearsOnceOfNodeThatIsUnreachable() {
		this.server.close();
		this.monitor.listeners().add(this.notes);
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> this.pool.borrow(Duration.ZERO));
		assertThat(this.notes.heard).containsExactly("missed 0");
	}

	@Test
	void hearsNothingOnceRemoved() {
		this.monitor.listeners().add(this.notes);
		this.monitor.listeners().remove(this.notes);
		this.pool.borrow(Duration.ZERO).close();
		assertThat(this.monitor.listeners().anybody()).isFalse();
		assertThat(this.notes.heard).isEmpty();
	}

	@Test
	void failureBreaksNothing() {
		this.monitor.listeners().add(new PoolListener() {

			@Override
			public void borrowed(HostAndPort node, long waitNanos, long readyNanos) {
				throw new IllegalStateException("expected");
			}

		});
		this.monitor.listeners().add(this.notes);
		this.pool.borrow(Duration.ZERO).close();
		assertThat(this.notes.heard).hasSize(3);
		assertThat(this.failures.count(Part.LISTENER)).isOne();
	}

	private final class Notes implements PoolListener {

		private final Queue<String> heard = new ConcurrentLinkedQueue<>();

		@Override
		public void borrowed(HostAndPort node, long waitNanos, long readyNanos) {
			note(node, "borrowed " + waitNanos + " " + readyNanos);
		}

		@Override
		public void missed(HostAndPort node, long waitNanos) {
			note(node, "missed " + waitNanos);
		}

		@Override
		public void opened(HostAndPort node, long nanos) {
			note(node, "opened " + nanos);
		}

		@Override
		public void returned(HostAndPort node, long nanos) {
			note(node, "returned " + nanos);
		}

		private void note(HostAndPort node, String what) {
			assertThat(node).isEqualTo(PoolListenerTests.this.server.address());
			this.heard.add(what);
		}

	}

}
