package io.github.hotplate.benchmark.sharding;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.HdrHistogram.Histogram;

import io.github.hotplate.benchmark.harness.Median;
import io.github.hotplate.benchmark.load.CallLog;

/**
 * How long calls took, as 99th percentiles in nanoseconds.
 *
 * @param all that of all calls, which a single stall of the machine can decide
 * @param ofSeconds those of the calls of each second
 */
record Latencies(long all, List<Long> ofSeconds) {

	private static final int SIGNIFICANT_DIGITS = 3;

	private static final double PERCENTILE = 99;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Find the percentiles.
	 * @param logs the calls
	 * @param from when those begin that count, as of {@link System#nanoTime()}
	 * @param to when they end
	 * @return the latencies
	 */
	static Latencies of(List<CallLog> logs, long from, long to) {
		return new Latencies(percentile(logs, from, to),
				LongStream.iterate(from, (second) -> second + SECOND <= to, (second) -> second + SECOND)
					.map((second) -> percentile(logs, second, second + SECOND))
					.boxed()
					.toList());
	}

	private static long percentile(List<CallLog> logs, long from, long to) {
		Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
		logs.forEach((log) -> log.durationsBetween(from, to).forEach(histogram::recordValue));
		return histogram.getValueAtPercentile(PERCENTILE);
	}

	double ofUsualSecond() {
		return Median.of(this.ofSeconds);
	}

	long ofWorstSecond() {
		return this.ofSeconds.stream().mapToLong(Long::longValue).max().orElse(0);
	}

}
