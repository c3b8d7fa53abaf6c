package io.github.hotplate.sample.visitor;

/**
 * Turns a rate into whole visits that are due. Time that passes between calls is
 * forgotten beyond a limit, so that a pause is not followed by a rush. Not thread-safe.
 */
final class VisitPacer {

	private static final double MAX_SECONDS_OWED = 0.25;

	private long lastNanos;

	private double owed;

	VisitPacer(long nowNanos) {
		this.lastNanos = nowNanos;
	}

	/**
	 * Return the visits that became due since the last call.
	 * @param ratePerSecond the rate in force
	 * @param nowNanos the current reading of the clock that was given at the start
	 * @return how many visits to start now
	 */
	int due(double ratePerSecond, long nowNanos) {
		double seconds = Math.min((nowNanos - this.lastNanos) / 1e9, MAX_SECONDS_OWED);
		this.lastNanos = nowNanos;
		this.owed += ratePerSecond * seconds;
		int due = (int) this.owed;
		this.owed -= due;
		return due;
	}

}
