package io.github.hotplate.benchmark.turns;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.harness.Median;

/**
 * What one client did in all rounds.
 *
 * @since 0.1.0
 */
public final class Series {

	private final String client;

	private final List<Measurement> rounds = new ArrayList<>();

	Series(String client) {
		this.client = client;
	}

	void add(Measurement measurement) {
		this.rounds.add(measurement);
	}

	/**
	 * Return whose calls these are.
	 * @return what reports call the client
	 */
	public String client() {
		return this.client;
	}

	/**
	 * Return how many calls a second succeeded.
	 * @return the median of the rounds
	 */
	public double callsPerSecond() {
		return Median.of(this.rounds.stream().map(Measurement::callsPerSecond).toList());
	}

	/**
	 * Return the processor time for each call.
	 * @return the median of the rounds, in microseconds
	 */
	public double cpuMicros() {
		return Median.of(this.rounds.stream().map(Measurement::cpuMicros).toList());
	}

	/**
	 * Return how long calls took.
	 * @param percentile which part of the calls took no longer, from 0 to 100
	 * @return the time in microseconds, of all rounds together
	 */
	public double percentileMicros(double percentile) {
		Histogram all = new Histogram(this.rounds.get(0).latencies());
		this.rounds.forEach((round) -> all.add(round.latencies()));
		return all.getValueAtPercentile(percentile) / 1e3;
	}

	/**
	 * Compare the calls per second with another client's.
	 * @param other the other client
	 * @return the median of the rounds' ratios
	 */
	public double ratioTo(Series other) {
		return ratioTo(other, Measurement::callsPerSecond);
	}

	/**
	 * Compare the processor time for each call with another client's.
	 * @param other the other client
	 * @return the median of the rounds' ratios
	 */
	public double cpuRatioTo(Series other) {
		return ratioTo(other, Measurement::cpuMicros);
	}

	// Round by round, since both met the same disturbances there.
	private double ratioTo(Series other, ToDoubleFunction<Measurement> measure) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < this.rounds.size(); i++) {
			ratios.add(measure.applyAsDouble(this.rounds.get(i)) / measure.applyAsDouble(other.rounds.get(i)));
		}
		return Median.of(ratios);
	}

	/**
	 * Return why a call failed.
	 * @return the first failure, or {@code null} if every call succeeded
	 */
	public @Nullable RuntimeException failure() {
		return this.rounds.stream().map(Measurement::failure).filter(Objects::nonNull).findFirst().orElse(null);
	}

}
