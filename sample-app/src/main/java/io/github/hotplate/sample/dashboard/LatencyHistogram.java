package io.github.hotplate.sample.dashboard;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Latencies since the start of the application, in seconds, as a histogram of cumulative
 * buckets. The difference of two is the histogram of the time between them.
 *
 * @param count how many there were
 * @param total their sum
 * @param buckets the buckets by ascending upper bound; empty if none are kept
 */
record LatencyHistogram(long count, double total, List<Bucket> buckets) {

	static final LatencyHistogram EMPTY = new LatencyHistogram(0, 0, List.of());

	LatencyHistogram plus(LatencyHistogram other) {
		return combine(other, 1);
	}

	LatencyHistogram minus(LatencyHistogram earlier) {
		return combine(earlier, -1);
	}

	private LatencyHistogram combine(LatencyHistogram other, int sign) {
		if (other.count == 0) {
			return this;
		}
		List<Bucket> combined = new ArrayList<>(other.buckets.size());
		for (int i = 0; i < other.buckets.size(); i++) {
			Bucket bucket = other.buckets.get(i);
			long own = (i < this.buckets.size()) ? this.buckets.get(i).count : 0;
			combined.add(new Bucket(bucket.upperBound, own + sign * bucket.count));
		}
		return new LatencyHistogram(this.count + sign * other.count, this.total + sign * other.total, combined);
	}

	@Nullable Double mean() {
		return (this.count > 0) ? this.total / this.count : null;
	}

	/**
	 * Estimate a quantile as Prometheus' {@code histogram_quantile} does, taking
	 * latencies to be spread evenly within a bucket.
	 * @param quantile the quantile, from 0 to 1
	 * @return the estimate, the mean if there are no buckets, or null if there was
	 * nothing
	 */
	@Nullable Double quantile(double quantile) {
		if (this.count <= 0 || this.buckets.isEmpty()) {
			return mean();
		}
		double rank = quantile * this.count;
		double lowerBound = 0;
		long below = 0;
		for (Bucket bucket : this.buckets) {
			if (bucket.count >= rank && bucket.count > below) {
				return lowerBound + (bucket.upperBound - lowerBound) * (rank - below) / (bucket.count - below);
			}
			lowerBound = bucket.upperBound;
			below = bucket.count;
		}
		return lowerBound;
	}

	/**
	 * The number of latencies up to a bound.
	 *
	 * @param upperBound the bound in seconds
	 * @param count how many were not above it
	 */
	record Bucket(double upperBound, long count) {

	}

}
