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
 * A thread for the background tasks of a client. It is a daemon, starts with the first
 * task and is named {@code hotplate-client-purpose}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BackgroundThread implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(BackgroundThread.class);

	private final String name;

	private final RateLimitedLog log = new RateLimitedLog(logger);

	private final ScheduledExecutorService executor;

	/**
	 * Create a thread. The first task starts it.
	 * @param client the name of the client
	 * @param purpose the purpose of the thread, the last part of its name
	 */
	public BackgroundThread(String client, String purpose) {
		this.name = DaemonThreads.name(client, purpose);
		this.executor = Executors
			.newSingleThreadScheduledExecutor((task) -> DaemonThreads.create(client, purpose, task));
	}

	/**
	 * Run a task once. Does nothing after {@link #close()}.
	 * @param task the task
	 * @param delay when to run it
	 */
	public void submit(Runnable task, Duration delay) {
		unlessClosed(() -> this.executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
	}

	/**
	 * Run a task until it is done. Does nothing after {@link #close()}.
	 * @param task returns whether it is done; a task that throws is run again
	 * @param initialDelay when to run it first
	 * @param pause time between two runs
	 */
	public void repeatUntilDone(BooleanSupplier task, Duration initialDelay, Duration pause) {
		submit(() -> attempt(task, pause), initialDelay);
	}

	private void attempt(BooleanSupplier task, Duration pause) {
		try {
			if (!task.getAsBoolean()) {
				submit(() -> attempt(task, pause), pause);
			}
		}
		catch (Throwable ex) {
			warn(ex);
			submit(() -> attempt(task, pause), pause);
		}
	}

	/**
	 * Run a task periodically. Does nothing after {@link #close()}.
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

	// An executor drops a failure silently and stops a periodic task. Throwable, since
	// tasks may throw Errors, and code in other languages undeclared checked exceptions.
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

	// Closing interrupts the task that is running, which is no news.
	private void warn(Throwable failure) {
		if (this.executor.isShutdown()) {
			return;
		}
		this.log.warn(failure.getClass(), "A task of thread {} failed", this.name, failure);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
