package io.github.hotplate.sample.dashboard;

/**
 * All there is to know about one command since the start of the application.
 *
 * @param errors how often it failed
 * @param latency its latencies, failures included
 */
record CommandTotals(long errors, LatencyHistogram latency) {

	static final CommandTotals NONE = new CommandTotals(0, LatencyHistogram.EMPTY);

	CommandTotals plus(CommandTotals other) {
		return new CommandTotals(this.errors + other.errors, this.latency.plus(other.latency));
	}

	CommandTotals minus(CommandTotals earlier) {
		return new CommandTotals(this.errors - earlier.errors, this.latency.minus(earlier.latency));
	}

}
