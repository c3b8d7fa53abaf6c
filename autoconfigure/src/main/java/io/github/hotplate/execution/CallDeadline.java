package io.github.hotplate.execution;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The moment at which a call is to have its connection. It holds for what the calling
 * thread waits for on the call's behalf, until the call ends.
 *
 * @since 0.1.0
 */
public final class CallDeadline implements AutoCloseable {

	private static final ThreadLocal<@Nullable CallDeadline> CURRENT = new ThreadLocal<>();

	private final long start;

	// Confined to the thread of the call.
	private long nanos;

	private final LongSupplier nanoTime;

	private final @Nullable CallDeadline outer;

	private CallDeadline(long start, Duration limit, LongSupplier nanoTime, @Nullable CallDeadline outer) {
		this.start = start;
		this.nanos = start + limit.toNanos();
		this.nanoTime = nanoTime;
		this.outer = outer;
	}

	/**
	 * Begin a call on the current thread.
	 * @param limit how long the call may wait
	 * @param nanoTime tells the time
	 * @return the deadline, to be closed by the same thread when the call ends
	 */
	public static CallDeadline start(Duration limit, LongSupplier nanoTime) {
		CallDeadline deadline = new CallDeadline(nanoTime.getAsLong(), limit, nanoTime, CURRENT.get());
		CURRENT.set(deadline);
		return deadline;
	}

	/**
	 * Return the time that is left, if it is shorter than a wait.
	 * @param wait a time to wait
	 * @return what the current thread's call may wait of it: all, where there is no call,
	 * and zero where its deadline has passed
	 */
	public static Duration limit(Duration wait) {
		CallDeadline current = CURRENT.get();
		if (current == null) {
			return wait;
		}
		Duration left = current.left();
		if (left.isNegative()) {
			return Duration.ZERO;
		}
		return (left.compareTo(wait) < 0) ? left : wait;
	}

	/**
	 * Tell whether the deadline of the current thread's call has passed.
	 * @return whether nothing more may be sent for it
	 */
	public static boolean isOver() {
		CallDeadline current = CURRENT.get();
		return current != null && (current.left().isNegative() || current.left().isZero());
	}

	/**
	 * Return the time that is left.
	 * @return the time, negative once the deadline has passed
	 */
	public Duration left() {
		return Duration.ofNanos(this.nanos - this.nanoTime.getAsLong());
	}

	/**
	 * Return how long the current thread's call has lasted.
	 * @return the time, zero where there is no call
	 */
	public static Duration passedOfCurrent() {
		CallDeadline current = CURRENT.get();
		return (current != null) ? current.passed() : Duration.ZERO;
	}

	/**
	 * Return how long the call has lasted.
	 * @return the time since it began
	 */
	public Duration passed() {
		return Duration.ofNanos(this.nanoTime.getAsLong() - this.start);
	}

	/**
	 * Put the deadline off. A command that Redis keeps waiting does not use up the time
	 * for retries.
	 * @param time how long Redis kept the command waiting
	 */
	public void extend(Duration time) {
		this.nanos += time.toNanos();
	}

	// Not removed: a new entry of the thread for each call would take longer than the
	// rest.
	@Override
	public void close() {
		CURRENT.set(this.outer);
	}

}
