package io.github.hotplate.benchmark.throughput;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one client did in one round.
 *
 * @param callsPerSecond successful calls per second, of all threads together
 * @param cpuMicros processor time of this virtual machine for each call
 * @param latencies nanoseconds that each successful call took
 * @param failure why a call failed, if one did
 */
record Measurement(double callsPerSecond, double cpuMicros, Histogram latencies, @Nullable RuntimeException failure) {

}
