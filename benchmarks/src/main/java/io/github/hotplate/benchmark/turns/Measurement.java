package io.github.hotplate.benchmark.turns;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one client did in one turn.
 *
 * @param callsPerSecond successful calls per second, of all threads together
 * @param cpuMicros processor time of this virtual machine for each call
 * @param latencies nanoseconds that each successful call took
 * @param failure why a call failed, if one did
 * @since 0.1.0
 */
public record Measurement(double callsPerSecond, double cpuMicros, Histogram latencies,
		@Nullable RuntimeException failure) {

}
