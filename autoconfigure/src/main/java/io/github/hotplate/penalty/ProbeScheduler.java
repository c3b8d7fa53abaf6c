package io.github.hotplate.penalty;

import java.time.Duration;

import io.github.hotplate.support.BackgroundThread;

/**
 * Runs tasks later, one at a time; tasks due at the same time run in the order in which
 * they were scheduled. Thread-safe.
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

	/**
	 * Return a scheduler with a thread of its own, {@code hotplate-client-penalty-box},
	 * which starts with the first task and so not before a node has failed.
	 * @param client the name of the client
	 * @return a new scheduler
	 */
	static ProbeScheduler onThreadOf(String client) {
		BackgroundThread thread = new BackgroundThread(client, "penalty-box");
		return new ProbeScheduler() {

			@Override
			public void schedule(Runnable task, Duration delay) {
				thread.submit(task, delay);
			}

			@Override
			public void close() {
				thread.close();
			}

		};
	}

}
