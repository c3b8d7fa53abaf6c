package io.github.hotplate.support;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads for tasks of a client that may take long and must not wait for each
 * other. They are daemons with one name, {@code hotplate-client-purpose}, start when they
 * are needed and end when they are not. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BackgroundThreads implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(BackgroundThreads.class);

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

	private final String name;

	private final RateLimitedLog log = new RateLimitedLog(logger);

	private final ThreadPoolExecutor executor;

	/**
	 * Create an instance without threads.
	 * @param client the name of the client
	 * @param purpose the purpose of the threads, the last part of their name
	 * @param max how many tasks run at the same time; others wait
	 */
	public BackgroundThreads(String client, String purpose, int max) {
		this.name = DaemonThreads.name(client, purpose);
		this.executor = new ThreadPoolExecutor(max, max, KEEP_ALIVE.toNanos(), TimeUnit.NANOSECONDS,
				new LinkedBlockingQueue<>(), (task) -> DaemonThreads.create(client, purpose, task));
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Run a task soon. Does nothing after {@link #close()}.
	 * @param task the task
	 */
	public void submit(Runnable task) {
		try {
			this.executor.execute(() -> run(task));
		}
		catch (RejectedExecutionException ex) {
			if (!this.executor.isShutdown()) {
				throw ex;
			}
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.log.warn(ex.getClass(), "A task of thread {} failed", this.name, ex);
		}
	}

	/**
	 * Interrupt the threads, without waiting for them to end.
	 */
	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
