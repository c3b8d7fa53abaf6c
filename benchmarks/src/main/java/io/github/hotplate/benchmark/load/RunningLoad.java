package io.github.hotplate.benchmark.load;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Load threads at work.
 *
 * @since 0.1.0
 */
public final class RunningLoad implements AutoCloseable {

	private static final int LAST_CALL_SECONDS = 15;

	private final List<LoadTask> threads;

	private final ExecutorService executor;

	private final CompletionService<@Nullable Void> ended;

	/**
	 * Start threads.
	 * @param threads what each of them does
	 */
	public RunningLoad(List<? extends LoadTask> threads) {
		this.threads = List.copyOf(threads);
		this.executor = Executors.newFixedThreadPool(threads.size());
		this.ended = new ExecutorCompletionService<>(this.executor);
		threads.forEach((thread) -> this.ended.submit(thread, null));
	}

	/**
	 * Stop the threads and wait for their last calls.
	 * @return how many threads still hang in a call
	 * @throws InterruptedException if interrupted
	 */
	public int stop() throws InterruptedException {
		this.threads.forEach(LoadTask::stop);
		int done = 0;
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_CALL_SECONDS);
		Future<@Nullable Void> next;
		while (done < this.threads.size()
				&& (next = this.ended.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) != null) {
			checkEnd(next);
			done++;
		}
		return this.threads.size() - done;
	}

	private static void checkEnd(Future<@Nullable Void> ended) throws InterruptedException {
		try {
			ended.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A thread of the load ended early", ex);
		}
	}

	@Override
	public void close() {
		// They know no interrupts, and would go on if what was measured has failed.
		this.threads.forEach(LoadTask::stop);
		this.executor.shutdownNow();
	}

}
