package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread on which a client does something from time to time. It is a daemon, starts
 * with the first task and is named {@code hotplate-client-purpose}. Thread-safe.
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
		this.name = "hotplate-" + client + "-" + purpose;
		this.executor = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, this.name);
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Run a task once. After {@link #close()} nothing happens.
	 * @param task the task
	 * @param delay when to run it
	 */
	public void submit(Runnable task, Duration delay) {
		try {
			Future<?> unused = this.executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			if (!this.executor.isShutdown()) {
				throw ex;
			}
		}
	}

	/**
	 * Run a task again and again.
	 * @param task the task
	 * @param initialDelay when to run it first
	 * @param pause time between two runs
	 */
	public void repeat(Runnable task, Duration initialDelay, Duration pause) {
		Future<?> unused = this.executor.scheduleWithFixedDelay(guarded(task), initialDelay.toNanos(), pause.toNanos(),
				TimeUnit.NANOSECONDS);
	}

	// A task that fails must not end silently, nor end the repetitions.
	private Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				logger.warn("A task of thread {} failed", this.name, ex);
			}
		};
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
