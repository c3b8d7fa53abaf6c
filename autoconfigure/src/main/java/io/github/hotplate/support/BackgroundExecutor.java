package io.github.hotplate.support;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks that block, on a bounded number of threads that exist only while they are
 * needed.
 *
 * @since 0.1.0
 */
public final class BackgroundExecutor implements Executor, AutoCloseable {

	private static final int IDLE_SECONDS = 10;

	private final ThreadPoolExecutor executor;

	/**
	 * Create an executor.
	 * @param client the name of the client
	 * @param purpose the last part of the threads' names
	 * @param threads the maximum number of threads
	 * @param waiting the maximum number of tasks that wait for a thread
	 */
	public BackgroundExecutor(String client, String purpose, int threads, int waiting) {
		this.executor = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(waiting), (task) -> DaemonThreads.create(client, purpose, task),
				(task, pool) -> {
					throw new RejectedExecutionException("Client '" + client + "': "
							+ (pool.isShutdown() ? "closed" : waiting + " tasks wait for a thread '" + purpose + "'"));
				});
		this.executor.allowCoreThreadTimeOut(true);
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

	/**
	 * Accept no further tasks. Those that wait still run: their callers get a result, or
	 * the failure of a closed client.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
	}

}
