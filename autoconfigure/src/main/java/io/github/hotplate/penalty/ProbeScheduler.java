package io.github.hotplate.penalty;

import java.time.Duration;

/**
 * Runs tasks later, one after the other, and those that are due at the same time in the
 * order in which they came. Thread-safe.
 */
interface ProbeScheduler extends AutoCloseable {

	/**
	 * Run a task once. After {@link #close()} nothing happens.
	 * @param task the task
	 * @param delay when to run it
	 */
	void schedule(Runnable task, Duration delay);

	@Override
	void close();

}
