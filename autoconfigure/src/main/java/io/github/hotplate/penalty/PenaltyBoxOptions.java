package io.github.hotplate.penalty;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.util.Assert;

/**
 * When a node is put into the penalty box, and for how long.
 *
 * @param minWait time until a node is first probed, from 1 ms to one day
 * @param maxWait longest time between two probes, from {@code minWait} to one day
 * @param multiplier factor by which the time grows with each failed probe, from 1
 * (constant) to 100
 * @param failureThreshold number of consecutive failures that eject a node, from 1 to
 * 1000
 * @param maxEjected share of the nodes that may be ejected at the same time, from 0 (none
 * ever is) to 1
 * @since 0.1.0
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's PenaltyBox</a>
 */
public record PenaltyBoxOptions(Duration minWait, Duration maxWait, double multiplier, int failureThreshold,
		double maxEjected) {

	/**
	 * Shortest wait before a probe.
	 */
	public static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

	/**
	 * Longest wait before a probe. A node that can stay away for longer is not needed.
	 */
	public static final Duration LONGEST_WAIT = Duration.ofDays(1);

	/**
	 * Largest growth of the wait.
	 */
	public static final int LARGEST_MULTIPLIER = 100;

	/**
	 * Largest number of tolerated failures.
	 */
	public static final int LARGEST_FAILURE_THRESHOLD = 1_000;

	// A third of three nodes, written as 0.3333333, is one node.
	private static final double ROUNDING = 1e-6;

	public PenaltyBoxOptions {
		Assert.notNull(minWait, "'minWait' must not be null");
		Assert.notNull(maxWait, "'maxWait' must not be null");
		check(isWithin(minWait, SHORTEST_WAIT), "min_wait", minWait,
				"a time from " + SHORTEST_WAIT + " to " + LONGEST_WAIT);
		check(isWithin(maxWait, minWait), "max_wait", maxWait,
				"a time from penalty_box.min_wait, which is " + minWait + ", to " + LONGEST_WAIT);
		check(multiplier >= 1 && multiplier <= LARGEST_MULTIPLIER, "multiplier", multiplier,
				"a number from 1 to " + LARGEST_MULTIPLIER);
		check(failureThreshold >= 1 && failureThreshold <= LARGEST_FAILURE_THRESHOLD, "failure_threshold",
				failureThreshold, "a whole number from 1 to " + LARGEST_FAILURE_THRESHOLD);
		check(maxEjected >= 0 && maxEjected <= 1, "max_ejected", maxEjected, "a number from 0 to 1");
	}

	private static boolean isWithin(Duration wait, Duration shortest) {
		return wait.compareTo(shortest) >= 0 && wait.compareTo(LONGEST_WAIT) <= 0;
	}

	private static void check(boolean valid, String key, Object value, String remedy) {
		Assert.isTrue(valid, () -> "penalty_box.%s: out of range (value '%s'). Set penalty_box.%s to %s.".formatted(key,
				value, key, remedy));
	}

	/**
	 * Return fluster's options: 10 s, growing by half to 300 s, after one failure, for
	 * any number of nodes.
	 * @return the options
	 */
	public static PenaltyBoxOptions defaults() {
		return new PenaltyBoxOptions(Duration.ofSeconds(10), Duration.ofSeconds(300), 1.5, 1, 1);
	}

	/**
	 * Return how long to wait after another probe has failed. Like fluster, it drops
	 * fractions of seconds; unlike fluster, it keeps them if the wait would otherwise
	 * stop growing.
	 * @param wait the wait before that probe
	 * @return the time, at most {@link #maxWait()}
	 */
	Duration waitAfter(Duration wait) {
		double nanos = wait.toNanos() * this.multiplier;
		if (nanos >= this.maxWait.toNanos()) {
			return this.maxWait;
		}
		Duration grown = Duration.ofNanos(Math.round(nanos));
		Duration whole = grown.truncatedTo(ChronoUnit.SECONDS);
		return (whole.compareTo(wait) > 0) ? whole : grown;
	}

	/**
	 * Return how many nodes may be ejected at the same time.
	 * @param nodes the number of all nodes
	 * @return the number, rounded down
	 */
	int maxEjected(int nodes) {
		return (int) (this.maxEjected * nodes + ROUNDING);
	}

}
