package io.github.hotplate.hotkey;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The counters of all keys that were read, or of all that were written. Guarded by the
 * lock of its {@link HotKeySummary}.
 */
final class AccessSummary {

	/**
	 * Number of key counters: keeps the error below a thousandth of all commands and
	 * takes half a mebibyte with keys of maximum length.
	 */
	static final int COUNTERS = 1_024;

	private final SpaceSaving keys = new SpaceSaving(COUNTERS);

	private final float[] recentBySlot;

	private long samples;

	private double recentSamples;

	private double commands;

	private double recentCommands;

	/**
	 * Create an empty summary.
	 * @param heatBuckets the number of buckets for per-slot load
	 */
	AccessSummary(int heatBuckets) {
		this.recentBySlot = new float[heatBuckets];
	}

	void add(KeyName name, Sample sample, int slot, long now) {
		this.keys.add(name, sample.weight(), slot, now);
		this.recentBySlot[slot % this.recentBySlot.length] += (float) sample.weight();
		this.samples++;
		this.recentSamples++;
		this.commands += sample.weight();
		this.recentCommands += sample.weight();
	}

	/**
	 * Decay the recent counts.
	 * @param factor the factor, from 0 to 1
	 */
	void decay(double factor) {
		this.recentSamples *= factor;
		this.recentCommands *= factor;
		this.keys.keys().forEach((key) -> key.decay(factor));
		for (int slot = 0; slot < this.recentBySlot.length; slot++) {
			this.recentBySlot[slot] *= (float) factor;
		}
	}

	List<TrackedKey> top(int limit, ToDoubleFunction<TrackedKey> measure) {
		return this.keys.keys()
			.stream()
			.filter((key) -> measure.applyAsDouble(key) > 0)
			.sorted(Comparator.comparingDouble(measure).reversed())
			.limit(limit)
			.toList();
	}

	List<Contribution> due(int limit) {
		return this.keys.keys()
			.stream()
			.filter((key) -> key.owed() > 0)
			.sorted(Comparator.comparingLong(TrackedKey::owed).reversed())
			.limit(limit)
			.map((key) -> new Contribution(key, key.owed()))
			.toList();
	}

	long samples() {
		return this.samples;
	}

	double recentSamples() {
		return this.recentSamples;
	}

	double commands() {
		return this.commands;
	}

	double recentCommands() {
		return this.recentCommands;
	}

	int slots() {
		return this.recentBySlot.length;
	}

	double recentOf(int slot) {
		return this.recentBySlot[slot];
	}

	void clear() {
		this.keys.clear();
		Arrays.fill(this.recentBySlot, 0);
		this.samples = 0;
		this.recentSamples = 0;
		this.commands = 0;
		this.recentCommands = 0;
	}

}
