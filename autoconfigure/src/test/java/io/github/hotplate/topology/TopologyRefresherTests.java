package io.github.hotplate.topology;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.support.BackgroundThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.hamcrest.Matchers.is;

/**
 * Tests for {@link TopologyRefresher}.
 */
class TopologyRefresherTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final BackgroundThread thread = new BackgroundThread("foo", "topology");

	private final RefreshHistory history = new RefreshHistory(System::nanoTime);

	private final AtomicInteger refreshes = new AtomicInteger();

	@AfterEach
	void close() {
		this.thread.close();
	}

	@Test
	void requestReturnsAtOnceAndIsServedInBackground() {
		CountDownLatch release = new CountDownLatch(1);
		TopologyRefresher refresher = refresher(() -> await(release));
		refresher.requestRefresh(RefreshReason.MOVED);
		Awaitility.await().untilAtomic(this.refreshes, is(1));
		release.countDown();
	}

	@Test
	void requestsOfManyThreadsAreOneRefresh() {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		TopologyRefresher refresher = refresher(() -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			await(release);
			running.decrementAndGet();
		});
		CompletableFuture<?>[] threads = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.runAsync(() -> requestOften(refresher),
					(task) -> new Thread(task, "asking").start()))
			.toArray(CompletableFuture<?>[]::new);
		assertThat(CompletableFuture.allOf(threads)).succeedsWithin(LONG);
		Awaitility.await().untilAtomic(running, is(1));
		release.countDown();
		Awaitility.await().untilAtomic(running, is(0));
		assertThat(this.refreshes).hasValue(1);
		assertThat(most).hasValue(1);
	}

	@Test
	void refreshesKeepTheirDistance() {
		TopologyRefresher refresher = refresher(() -> {
		});
		long start = System.nanoTime();
		while (this.refreshes.get() < 4) {
			refresher.requestRefresh(RefreshReason.MOVED);
			Thread.onSpinWait();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(150), LONG);
	}

	@Test
	void failedRefreshIsRepeatedUntilItSucceeds() {
		TopologyRefresher refresher = refresher(() -> {
			if (this.refreshes.get() < 3) {
				throw new ClusterDownException("expected", null);
			}
		});
		refresher.requestRefresh(RefreshReason.MOVED);
		Awaitility.await().untilAtomic(this.refreshes, is(3));
		Awaitility.await().during(Duration.ofMillis(300)).atMost(LONG).untilAtomic(this.refreshes, is(3));
	}

	@Test
	void refreshThatEndsInErrorIsRepeated() {
		TopologyRefresher refresher = refresher(() -> {
			if (this.refreshes.get() < 3) {
				throw new NoClassDefFoundError("expected");
			}
		});
		refresher.requestRefresh(RefreshReason.MOVED);
		Awaitility.await().untilAtomic(this.refreshes, is(3));
	}

	@Test
	void refreshThatFailedElsewhereIsResumedAndCountsOnce() {
		AtomicBoolean failing = new AtomicBoolean(true);
		TopologyRefresher refresher = refresher(() -> {
			if (failing.get()) {
				throw new ClusterDownException("expected", null);
			}
		});
		this.history.begun(RefreshReason.START);
		refresher.resume(RefreshReason.START);
		// It joins the one that fails.
		refresher.requestRefresh(RefreshReason.MOVED);
		Awaitility.await().until(() -> this.refreshes.get() >= 3);
		failing.set(false);
		Awaitility.await().until(() -> this.history.status().lastFailure() == null);
		assertThat(this.history.status().refreshes()).isEqualTo(Map.of(RefreshReason.START, 1L));
	}

	@Test
	void newsDuringRefreshAreNotMissed() {
		CountDownLatch release = new CountDownLatch(1);
		TopologyRefresher refresher = refresher(() -> await(release));
		refresher.requestRefresh(RefreshReason.MOVED);
		Awaitility.await().untilAtomic(this.refreshes, is(1));
		refresher.requestRefreshAfterNews(RefreshReason.SENTINEL_NEWS);
		release.countDown();
		Awaitility.await().untilAtomic(this.refreshes, is(2));
	}

	@Test
	void newsShareRefreshThatHasNotBegun() {
		CountDownLatch release = new CountDownLatch(1);
		TopologyRefresher refresher = refresher(() -> await(release));
		refresher.requestRefresh(RefreshReason.MOVED);
		Awaitility.await().untilAtomic(this.refreshes, is(1));
		IntStream.range(0, 50).forEach((i) -> refresher.requestRefreshAfterNews(RefreshReason.SENTINEL_NEWS));
		release.countDown();
		Awaitility.await().untilAtomic(this.refreshes, is(2));
		Awaitility.await().during(Duration.ofMillis(300)).atMost(LONG).untilAtomic(this.refreshes, is(2));
	}

	@Test
	void newsWhileRefreshesFailDoNotMultiplyThem() {
		AtomicBoolean failing = new AtomicBoolean(true);
		TopologyRefresher refresher = refresher(() -> {
			if (failing.get()) {
				throw new ClusterDownException("expected", null);
			}
		});
		for (int i = 0; i < 20; i++) {
			int before = this.refreshes.get();
			refresher.requestRefreshAfterNews(RefreshReason.SENTINEL_NEWS);
			Awaitility.await().until(() -> this.refreshes.get() > before);
		}
		failing.set(false);
		int last = this.refreshes.get();
		Awaitility.await().until(() -> this.refreshes.get() > last);
		// The refresh under way and one more, instead of one for each change.
		Awaitility.await().during(Duration.ofMillis(300)).atMost(LONG).until(() -> this.refreshes.get() < last + 5);
	}

	@Test
	void topologyIsRefreshedFromTimeToTime() {
		refresher(() -> {
		}).start(Duration.ofMillis(10));
		Awaitility.await().until(() -> this.refreshes.get() >= 3);
	}

	@Test
	void requestAfterCloseIsIgnored() {
		TopologyRefresher refresher = refresher(() -> {
		});
		this.thread.close();
		assertThatNoException().isThrownBy(() -> refresher.requestRefresh(RefreshReason.MOVED));
		assertThat(this.refreshes).hasValue(0);
	}

	private TopologyRefresher refresher(Runnable refresh) {
		return new TopologyRefresher("foo", () -> {
			this.refreshes.incrementAndGet();
			refresh.run();
		}, this.thread, this.history);
	}

	private static void requestOften(TopologyRefresher refresher) {
		IntStream.range(0, 1_000).forEach((i) -> refresher.requestRefresh(RefreshReason.MOVED));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
