package io.github.hotplate.penalty;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon thread of a penalty box, {@code hotplate-client-penalty-box}. It starts with
 * the first task, that is not before a node has failed.
 */
final class ProbeThread implements ProbeScheduler {

	private static final Logger logger = LoggerFactory.getLogger(ProbeThread.class);

	private final ScheduledExecutorService executor;

	ProbeThread(String client) {
		String name = "hotplate-" + client + "-penalty-box";
		this.executor = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		});
	}

	@Override
	public void schedule(Runnable task, Duration delay) {
		try {
			Future<?> unused = this.executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			if (!this.executor.isShutdown()) {
				throw ex;
			}
		}
	}

	// The executor would keep to itself what a task throws.
	private static Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				logger.warn("A task of the penalty box failed", ex);
			}
		};
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
