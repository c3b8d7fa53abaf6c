package io.github.hotplate.support;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BackgroundThreads}.
 */
class BackgroundThreadsTests {

	private final BackgroundThreads threads = new BackgroundThreads("foo", "test", 2);

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void close() {
		this.threads.close();
	}

	@Test
	void tasksRunSideBySideUpToLimit() {
		CountDownLatch end = new CountDownLatch(1);
		for (int i = 0; i < 3; i++) {
			this.threads.submit(() -> {
				this.runs.incrementAndGet();
				await(end);
			});
		}
		Awaitility.await().until(() -> this.runs.get() == 2);
		end.countDown();
		Awaitility.await().until(() -> this.runs.get() == 3);
	}

	private static void await(CountDownLatch end) {
		try {
			assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void threadsAreNamedDaemons() {
		Queue<Thread> seen = new ConcurrentLinkedQueue<>();
		this.threads.submit(() -> seen.add(Thread.currentThread()));
		Awaitility.await().until(() -> !seen.isEmpty());
		assertThat(seen).allSatisfy((thread) -> {
			assertThat(thread.getName()).isEqualTo("hotplate-foo-test");
			assertThat(thread.isDaemon()).isTrue();
		});
	}

	@Test
	void failureOfTaskDoesNotHinderOthers() {
		this.threads.submit(() -> {
			throw new NoClassDefFoundError("expected");
		});
		this.threads.submit(this.runs::incrementAndGet);
		Awaitility.await().until(() -> this.runs.get() == 1);
	}

	@Test
	void closedThreadsRunNothing() {
		this.threads.close();
		this.threads.submit(this.runs::incrementAndGet);
		assertThat(this.runs).hasValue(0);
	}

}
