package io.github.hotplate.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BackgroundExecutor}.
 */
class BackgroundExecutorTests {

	private final BackgroundExecutor executor = new BackgroundExecutor("foo", "cache", 1, 1);

	@Test
	void runsTasksOnNamedDaemon() {
		Thread thread = CompletableFuture.supplyAsync(Thread::currentThread, this.executor).join();
		assertThat(thread.getName()).isEqualTo("hotplate-foo-cache");
		assertThat(thread.isDaemon()).isTrue();
		this.executor.close();
	}

	@Test
	void refusesMoreTasksThanMayWait() {
		CountDownLatch gate = new CountDownLatch(1);
		CompletableFuture<Void> running = CompletableFuture.runAsync(() -> await(gate), this.executor);
		CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> await(gate), this.executor);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.executor.execute(() -> {
		})).withMessage("Client 'foo': 1 tasks wait for a thread 'cache'");
		this.executor.close();
		gate.countDown();
		CompletableFuture.allOf(running, waiting).join();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.executor.execute(() -> {
		})).withMessage("Client 'foo': closed");
	}

	private static void await(CountDownLatch gate) {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
