package io.github.hotplate.hotkey;

import java.time.Duration;

import io.github.hotplate.config.ClientConfig.SampleRates;

/**
 * Bounds what sampling costs in heavy traffic: where more keys are sampled than
 * {@value #LIMIT} a second, it lowers the sample rates for the next interval. Samples
 * then weigh more, so that all figures stay true to scale; so many samples tell a hot key
 * as well as all of them. Thread-safe.
 */
final class SampleThrottle {

	/**
	 * Samples a second: at some 400 nanoseconds each, 0.4 % of one processor.
	 */
	static final long LIMIT = 10_000;

	private volatile SampleRates configured;

	private volatile SampleRates effective;

	private double share = 1;

	SampleThrottle(SampleRates configured) {
		this.configured = configured;
		this.effective = configured;
	}

	SampleRates configured() {
		return this.configured;
	}

	/**
	 * Return the rates to sample at.
	 * @return the configured rates, or in heavy traffic a part of them
	 */
	SampleRates effective() {
		return this.effective;
	}

	synchronized void configure(SampleRates rates) {
		this.configured = rates;
		apply(this.share);
	}

	/**
	 * Follow the traffic.
	 * @param samples the keys that were sampled at the rates in effect
	 * @param elapsed in what time
	 */
	synchronized void adjust(long samples, Duration elapsed) {
		double unthrottled = samples / this.share;
		double limit = LIMIT * (elapsed.toNanos() / (double) Duration.ofSeconds(1).toNanos());
		apply((unthrottled > limit) ? limit / unthrottled : 1);
	}

	private void apply(double share) {
		this.share = share;
		this.effective = new SampleRates(this.configured.reads() * share, this.configured.writes() * share);
	}

}
