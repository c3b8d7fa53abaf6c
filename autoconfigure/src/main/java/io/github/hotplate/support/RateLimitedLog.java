package io.github.hotplate.support;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs each trouble of a client at most once a minute. Lines with the same pattern about
 * the same subject, such as a node, are one trouble; the next line that is logged tells
 * how many were left out. Thread-safe, and bounded in memory.
 * <p>
 * The owner is a part of one client, so clients do not silence each other. A line that
 * tells the end of a trouble is logged if, and only if, its beginning was: otherwise the
 * last line in the log would be wrong.
 */
public final class RateLimitedLog {

	private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private static final int MAX_TROUBLES = 1_000;

	private static final Object ANY_OTHER = new Object();

	private final Logger logger;

	private final LongSupplier nanoTime;

	private final Map<Trouble, Tally> tallies = new ConcurrentHashMap<>();

	/**
	 * Create a log that measures time with {@link System#nanoTime()}.
	 * @param logger writes the lines
	 */
	public RateLimitedLog(Logger logger) {
		this(logger, System::nanoTime);
	}

	/**
	 * Create a log.
	 * @param logger writes the lines
	 * @param nanoTime the clock
	 */
	public RateLimitedLog(Logger logger, LongSupplier nanoTime) {
		this.logger = logger;
		this.nanoTime = nanoTime;
	}

	/**
	 * Warn of a trouble.
	 * @param subject the node or other thing that has the trouble, with an
	 * {@code equals()} by value
	 * @param pattern the line, the same one for all troubles of its kind
	 * @param arguments the values for the pattern, and perhaps an exception behind them
	 * @return whether the line was not left out
	 */
	public boolean warn(Object subject, String pattern, @Nullable Object... arguments) {
		return log(Level.WARN, true, subject, pattern, arguments);
	}

	/**
	 * Warn of a trouble that lasts although its first line was left out. Unlike one of
	 * {@link #warn}, the line does not count if it is left out again.
	 * @param subject the same as in {@link #warn}
	 * @param pattern the same as in {@link #warn}
	 * @param arguments the values for the pattern, and perhaps an exception behind them
	 * @return whether the line was not left out
	 */
	public boolean warnLater(Object subject, String pattern, @Nullable Object... arguments) {
		return log(Level.WARN, false, subject, pattern, arguments);
	}

	/**
	 * Inform of something that may come in great numbers.
	 * @param subject the node or other thing that it is about, with an {@code equals()}
	 * by value
	 * @param pattern the line, the same one for everything of its kind
	 * @param arguments the values for the pattern, and perhaps an exception behind them
	 * @return whether the line was not left out
	 */
	public boolean info(Object subject, String pattern, @Nullable Object... arguments) {
		return log(Level.INFO, true, subject, pattern, arguments);
	}

	private boolean log(Level level, boolean counted, Object subject, String pattern, @Nullable Object... arguments) {
		long now = this.nanoTime.getAsLong();
		Tally tally = tally(new Trouble(pattern, subject), now);
		long last = tally.loggedAt.get();
		if (now - last < INTERVAL || !tally.loggedAt.compareAndSet(last, now)) {
			if (counted) {
				tally.leftOut.incrementAndGet();
			}
			return false;
		}
		long leftOut = tally.leftOut.getAndSet(0);
		this.logger.atLevel(level).log((leftOut == 0) ? pattern : pattern + leftOut(leftOut, now - last), arguments);
		return true;
	}

	private static String leftOut(long lines, long nanos) {
		return " (" + lines + " more such lines left out in the last " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s)";
	}

	private Tally tally(Trouble trouble, long now) {
		Tally known = this.tallies.get(trouble);
		return (known != null) ? known : add(trouble, now);
	}

	private synchronized Tally add(Trouble trouble, long now) {
		if (this.tallies.size() >= MAX_TROUBLES) {
			this.tallies.values().removeIf((tally) -> now - tally.loggedAt.get() >= INTERVAL);
		}
		Trouble counted = (this.tallies.size() < MAX_TROUBLES) ? trouble : new Trouble(trouble.pattern(), ANY_OTHER);
		return this.tallies.computeIfAbsent(counted, (key) -> new Tally(now - INTERVAL));
	}

	private record Trouble(String pattern, Object subject) {

	}

	private static final class Tally {

		private final AtomicLong loggedAt;

		private final AtomicLong leftOut = new AtomicLong();

		Tally(long loggedAt) {
			this.loggedAt = new AtomicLong(loggedAt);
		}

	}

}
