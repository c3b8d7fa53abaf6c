package io.github.hotplate.support;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread for a client's background tasks. It is a daemon, starts with the first task
 * and is named {@code hotplate-client-purpose}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BackgroundThread implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(BackgroundThread.class);

	private final String name;

	private final ScheduledExecutorService executor;

	/**
	 * Create a thread, which the first task starts.
	 * @param client the name of the client
	 * @param purpose what the thread is for
	 */
	public BackgroundThread(String client, String purpose) {
		this.name = ClientThreads.name(client, purpose);
		this.executor = Executors
			.newSingleThreadScheduledExecutor((task) -> ClientThreads.create(client, purpose, task));
	}

	/**
	 * Run a task once. After {@link #close()} nothing happens.
	 * @param task the task
	 * @param delay when to run it
	 */
	public void submit(Runnable task, Duration delay) {
		unlessClosed(() -> this.executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
	}

	/**
	 * Run a task until it is done. After {@link #close()} nothing happens.
	 * @param task tells whether it is done; it is not if it throws anything
	 * @param initialDelay when to run it first
	 * @param pause time between two runs
	 */
	public void repeatUntilDone(BooleanSupplier task, Duration initialDelay, Duration pause) {
		submit(() -> attempt(task, pause, false), initialDelay);
	}

	private void attempt(BooleanSupplier task, Duration pause, boolean failing) {
		try {
			if (!task.getAsBoolean()) {
				submit(() -> attempt(task, pause, false), pause);
			}
		}
		catch (Throwable ex) {
			// Once, since pauses are short.
			if (!failing) {
				warn(ex);
			}
			submit(() -> attempt(task, pause, true), pause);
		}
	}

	/**
	 * Run a task periodically. After {@link #close()} nothing happens.
	 * @param task the task
	 * @param initialDelay when to run it first
	 * @param pause time between two runs
	 */
	public void repeat(Runnable task, Duration initialDelay, Duration pause) {
		unlessClosed(() -> this.executor.scheduleWithFixedDelay(guarded(task), initialDelay.toNanos(), pause.toNanos(),
				TimeUnit.NANOSECONDS));
	}

	private void unlessClosed(Supplier<Future<?>> scheduling) {
		try {
			Future<?> unused = scheduling.get();
		}
		catch (RejectedExecutionException ex) {
			if (!this.executor.isShutdown()) {
				throw ex;
			}
		}
	}

	// A task that fails must neither end silently nor end the schedule, not even with an
	// Error or a checked exception of another language.
	private Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				warn(ex);
			}
		};
	}

	private void warn(Throwable failure) {
		logger.warn("A task of thread {} failed", this.name, failure);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
