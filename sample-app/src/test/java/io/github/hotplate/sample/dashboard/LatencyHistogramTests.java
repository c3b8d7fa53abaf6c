package io.github.hotplate.sample.dashboard;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.hotplate.sample.dashboard.LatencyHistogram.Bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatencyHistogramTests {

	private static final LatencyHistogram HISTOGRAM = histogram(10, 0.05, 4, 8, 10);

	@Test
	void interpolatesWithinABucket() {
		assertThat(HISTOGRAM.quantile(0.2)).isCloseTo(0.0005, within(1e-9));
		assertThat(HISTOGRAM.quantile(0.6)).isCloseTo(0.003, within(1e-9));
		assertThat(HISTOGRAM.quantile(1)).isCloseTo(0.01, within(1e-9));
	}

	@Test
	void skipsEmptyBuckets() {
		assertThat(histogram(2, 0.016, 0, 0, 2).quantile(0.5)).isCloseTo(0.0075, within(1e-9));
	}

	@Test
	void reportsTheLastBoundForWhatLiesBeyond() {
		assertThat(histogram(2, 60, 0, 0, 0).quantile(0.99)).isEqualTo(0.01);
	}

	@Test
	void fallsBackToTheMeanWithoutBuckets() {
		assertThat(new LatencyHistogram(4, 0.02, List.of()).quantile(0.99)).isEqualTo(0.005);
	}

	@Test
	void knowsNothingOfNothing() {
		assertThat(LatencyHistogram.EMPTY.mean()).isNull();
		assertThat(LatencyHistogram.EMPTY.quantile(0.5)).isNull();
		assertThat(HISTOGRAM.minus(HISTOGRAM).quantile(0.5)).isNull();
	}

	@Test
	void subtractsAnEarlierReading() {
		LatencyHistogram later = histogram(16, 0.08, 4, 12, 16);
		assertThat(later.minus(HISTOGRAM).count()).isEqualTo(6);
		assertThat(later.minus(HISTOGRAM).buckets()).extracting(Bucket::count).containsExactly(0L, 4L, 6L);
		assertThat(later.minus(LatencyHistogram.EMPTY)).isEqualTo(later);
	}

	@Test
	void addsAnother() {
		assertThat(LatencyHistogram.EMPTY.plus(HISTOGRAM)).isEqualTo(HISTOGRAM);
		assertThat(HISTOGRAM.plus(HISTOGRAM).buckets()).extracting(Bucket::count).containsExactly(8L, 16L, 20L);
	}

	private static LatencyHistogram histogram(long count, double total, long upTo1, long upTo5, long upTo10) {
		return new LatencyHistogram(count, total,
				List.of(new Bucket(0.001, upTo1), new Bucket(0.005, upTo5), new Bucket(0.01, upTo10)));
	}

}
