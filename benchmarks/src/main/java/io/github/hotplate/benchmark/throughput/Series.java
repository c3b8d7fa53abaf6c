package io.github.hotplate.benchmark.throughput;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.harness.Median;
import io.github.hotplate.benchmark.peer.Contender;

/**
 * What one client did in all rounds.
 */
final class Series {

	private final Contender contender;

	private final List<Measurement> rounds = new ArrayList<>();

	Series(Contender contender) {
		this.contender = contender;
	}

	void add(Measurement measurement) {
		this.rounds.add(measurement);
	}

	Contender contender() {
		return this.contender;
	}

	double callsPerSecond() {
		return Median.of(this.rounds.stream().map(Measurement::callsPerSecond).toList());
	}

	double cpuMicros() {
		return Median.of(this.rounds.stream().map(Measurement::cpuMicros).toList());
	}

	double percentileMicros(double percentile) {
		Histogram all = new Histogram(this.rounds.get(0).latencies());
		this.rounds.forEach((round) -> all.add(round.latencies()));
		return all.getValueAtPercentile(percentile) / 1e3;
	}

	/**
	 * Compare with another client round by round, since both met the same disturbances
	 * there.
	 * @param other the other client
	 * @return the median of the rounds' ratios of calls per second
	 */
	double ratioTo(Series other) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < this.rounds.size(); i++) {
			ratios.add(this.rounds.get(i).callsPerSecond() / other.rounds.get(i).callsPerSecond());
		}
		return Median.of(ratios);
	}

	@Nullable RuntimeException failure() {
		return this.rounds.stream().map(Measurement::failure).filter(Objects::nonNull).findFirst().orElse(null);
	}

}
