package io.github.hotplate.routing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.hotplate.support.BackgroundThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.is;

/**
 * Tests for {@link ClusterRecovery}.
 */
class ClusterRecoveryTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final BackgroundThread thread = new BackgroundThread("foo", "topology");

	private final AtomicBoolean up = new AtomicBoolean();

	private final AtomicInteger questions = new AtomicInteger();

	private final ClusterRecovery recovery = new ClusterRecovery(this.thread, () -> {
		this.questions.incrementAndGet();
		return this.up.get();
	}, System::nanoTime);

	@AfterEach
	void close() {
		this.thread.close();
	}

	@Test
	void nodeIsAskedUntilItIsUp() throws InterruptedException {
		CompletableFuture<Boolean> waiting = await(LONG);
		Awaitility.await().until(() -> this.questions.get() >= 3);
		assertThat(waiting).isNotDone();
		this.up.set(true);
		assertThat(waiting).succeedsWithin(LONG).isEqualTo(true);
	}

	@Test
	void allWhoWaitGoOnAfterOneQuestion() {
		CountDownLatch answer = new CountDownLatch(1);
		AtomicInteger asked = new AtomicInteger();
		ClusterRecovery shared = new ClusterRecovery(this.thread, () -> {
			asked.incrementAndGet();
			Awaitility.await().until(() -> answer.getCount() == 0);
			return true;
		}, System::nanoTime);
		List<Thread> waiting = Stream.generate(() -> new Thread(() -> await(shared, LONG), "waiting"))
			.limit(8)
			.toList();
		waiting.forEach(Thread::start);
		Awaitility.await()
			.until(() -> waiting.stream().allMatch((one) -> one.getState() == Thread.State.TIMED_WAITING));
		answer.countDown();
		Awaitility.await().until(() -> waiting.stream().noneMatch(Thread::isAlive));
		Awaitility.await().during(Duration.ofMillis(100)).untilAtomic(asked, is(1));
	}

	@Test
	void noNodeIsAskedWithoutCallers() throws InterruptedException {
		this.up.set(true);
		assertThat(this.recovery.await(LONG)).isTrue();
		int asked = this.questions.get();
		Awaitility.await().during(Duration.ofMillis(100)).atMost(LONG).until(() -> this.questions.get() == asked);
	}

	@Test
	void waitEndsInTime() throws InterruptedException {
		assertThat(this.recovery.await(Duration.ofMillis(50))).isFalse();
		assertThat(this.recovery.await(Duration.ZERO)).isFalse();
		assertThat(this.recovery.await(Duration.ofMillis(-1))).isFalse();
	}

	@Test
	void nextOutageIsAskedAboutAnew() throws InterruptedException {
		this.up.set(true);
		assertThat(this.recovery.await(LONG)).isTrue();
		this.up.set(false);
		CompletableFuture<Boolean> waiting = await(LONG);
		int asked = this.questions.get();
		Awaitility.await().until(() -> this.questions.get() > asked);
		assertThat(waiting).isNotDone();
		this.up.set(true);
		assertThat(waiting).succeedsWithin(LONG).isEqualTo(true);
	}

	@Test
	void nodeIsAskedAgainWhateverWasThrown() throws InterruptedException {
		ClusterRecovery failing = new ClusterRecovery(this.thread, () -> {
			if (this.questions.incrementAndGet() == 1) {
				throw new NoClassDefFoundError("expected");
			}
			return true;
		}, System::nanoTime);
		assertThat(failing.await(LONG)).isTrue();
		assertThat(this.questions).hasValue(2);
	}

	@Test
	void callersDoNotWaitForRefreshThatHasEnded() throws InterruptedException {
		CompletableFuture<Boolean> waiting = await(LONG);
		this.thread.close();
		this.recovery.end();
		assertThat(waiting).succeedsWithin(LONG).isEqualTo(true);
		assertThat(this.recovery.await(Duration.ofDays(1))).isTrue();
	}

	@Test
	void interruptEndsWait() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.recovery.await(LONG));
	}

	private CompletableFuture<Boolean> await(Duration limit) {
		return CompletableFuture.supplyAsync(() -> await(this.recovery, limit),
				(task) -> new Thread(task, "waiting").start());
	}

	private static boolean await(ClusterRecovery recovery, Duration limit) {
		try {
			return recovery.await(limit);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
