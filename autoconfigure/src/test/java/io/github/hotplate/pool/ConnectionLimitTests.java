package io.github.hotplate.pool;

import java.time.Duration;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ConnectionLimit}.
 */
class ConnectionLimitTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final ConnectionLimit limit = new ConnectionLimit(2);

	@Test
	void permitsAreLimited() throws InterruptedException {
		assertThat(this.limit.acquire(Duration.ZERO)).isTrue();
		assertThat(this.limit.acquire(Duration.ZERO)).isTrue();
		assertThat(this.limit.acquire(Duration.ZERO)).isFalse();
		assertThat(this.limit.inUse()).isEqualTo(2);
		this.limit.release();
		assertThat(this.limit.inUse()).isOne();
		assertThat(this.limit.acquire(Duration.ZERO)).isTrue();
	}

	@Test
	void waitEndsInTime() throws InterruptedException {
		exhaust();
		long start = System.nanoTime();
		assertThat(this.limit.acquire(Duration.ofMillis(50))).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(50), LONG);
		assertThat(this.limit.waiting()).isZero();
	}

	@Test
	void waitEndsWithPermit() throws InterruptedException {
		exhaust();
		CompletableFuture<Boolean> waiting = acquireInBackground();
		Awaitility.await().until(() -> this.limit.waiting() == 1);
		this.limit.release();
		assertThat(waiting).succeedsWithin(LONG).isEqualTo(true);
		assertThat(this.limit.waiting()).isZero();
		assertThat(this.limit.inUse()).isEqualTo(2);
	}

	@Test
	void interruptEndsWait() throws InterruptedException {
		exhaust();
		Thread thread = Thread.currentThread();
		CompletableFuture<Void> interrupting = CompletableFuture.runAsync(() -> {
			Awaitility.await().until(() -> this.limit.waiting() == 1);
			thread.interrupt();
		});
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.limit.acquire(LONG));
		assertThat(interrupting).succeedsWithin(LONG);
		assertThat(this.limit.waiting()).isZero();
	}

	@Test
	void placesAreLimited() {
		AtomicInteger evictions = new AtomicInteger();
		this.limit.reservePlace(() -> {
			throw new IllegalStateException("There is room");
		});
		this.limit.reservePlace(() -> {
			throw new IllegalStateException("There is room");
		});
		assertThat(this.limit.open()).isEqualTo(2);
		this.limit.reservePlace(() -> {
			evictions.incrementAndGet();
			this.limit.releasePlace();
			return true;
		});
		assertThat(evictions).hasValue(1);
		assertThat(this.limit.open()).isEqualTo(2);
	}

	@Test
	void manyThreadsNeverExceedLimitAndLoseNothing() {
		int max = 3;
		Load load = new Load(new ConnectionLimit(max));
		CompletableFuture<?>[] threads = IntStream.range(0, 12)
			.mapToObj((seed) -> CompletableFuture.runAsync(() -> load.run(new Random(seed)),
					(task) -> new Thread(task, "load-" + seed).start()))
			.toArray(CompletableFuture<?>[]::new);
		assertThat(CompletableFuture.allOf(threads)).succeedsWithin(LONG);
		assertThat(load.mostOpen).hasValueBetween(1, max);
		assertThat(load.limit.inUse()).isZero();
		assertThat(load.limit.waiting()).isZero();
		assertThat(load.limit.open()).isEqualTo(load.idle.size()).isEqualTo(load.open.get());
	}

	private void exhaust() throws InterruptedException {
		this.limit.acquire(Duration.ZERO);
		this.limit.acquire(Duration.ZERO);
	}

	private CompletableFuture<Boolean> acquireInBackground() {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return this.limit.acquire(LONG);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	/**
	 * Uses a limit as pools do, and counts what is open by itself.
	 */
	private static final class Load {

		private static final int ROUNDS = 5_000;

		private final ConnectionLimit limit;

		private final Deque<Object> idle = new ConcurrentLinkedDeque<>();

		private final AtomicInteger open = new AtomicInteger();

		private final AtomicInteger mostOpen = new AtomicInteger();

		Load(ConnectionLimit limit) {
			this.limit = limit;
		}

		void run(Random random) {
			for (int i = 0; i < ROUNDS; i++) {
				try {
					useOnce(random);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

		private void useOnce(Random random) throws InterruptedException {
			if (!this.limit.acquire(random.nextBoolean() ? LONG : Duration.ZERO)) {
				return;
			}
			// The node may be another than that of all idle connections.
			Object connection = random.nextBoolean() ? this.idle.pollFirst() : null;
			if (connection == null) {
				this.limit.reservePlace(this::evictIdle);
				this.mostOpen.accumulateAndGet(this.open.incrementAndGet(), Math::max);
				connection = new Object();
			}
			if (random.nextInt(4) == 0) {
				close();
			}
			else {
				this.idle.addFirst(connection);
			}
			this.limit.release();
		}

		private boolean evictIdle() {
			if (this.idle.pollLast() == null) {
				return false;
			}
			close();
			return true;
		}

		private void close() {
			this.open.decrementAndGet();
			this.limit.releasePlace();
		}

	}

}
