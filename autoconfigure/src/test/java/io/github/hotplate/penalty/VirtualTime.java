package io.github.hotplate.penalty;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A clock that a test sets, and the scheduler that goes by it. Tasks run on the thread
 * that lets time pass. Thread-safe.
 */
final class VirtualTime implements ProbeScheduler, LongSupplier {

	private final Queue<Task> tasks = new PriorityQueue<>(
			Comparator.comparingLong(Task::due).thenComparingLong(Task::number));

	private long now = Duration.ofDays(-1).toNanos();

	private long scheduled;

	private boolean closed;

	@Override
	public synchronized long getAsLong() {
		return this.now;
	}

	@Override
	public synchronized void schedule(Runnable task, Duration delay) {
		if (!this.closed) {
			this.tasks.add(new Task(task, this.now + delay.toNanos(), this.scheduled++));
		}
	}

	void pass(Duration time) {
		long end = getAsLong() + time.toNanos();
		Task task = next(end);
		while (task != null) {
			task.action().run();
			task = next(end);
		}
	}

	private synchronized @Nullable Task next(long end) {
		Task task = this.tasks.peek();
		if (task == null || task.due() > end) {
			this.now = end;
			return null;
		}
		this.now = Math.max(this.now, task.due());
		return this.tasks.remove();
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.tasks.clear();
	}

	private record Task(Runnable action, long due, long number) {

	}

}
