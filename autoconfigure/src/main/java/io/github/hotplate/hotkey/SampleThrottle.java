package io.github.hotplate.hotkey;

import java.time.Duration;

import io.github.hotplate.config.ClientConfig.SampleRates;

/**
 * Bounds the cost of sampling in heavy traffic: above {@value #LIMIT} sampled keys a
 * second, it lowers the sample rates for the next interval. Samples then weigh more,
 * which keeps all counts to scale; that many samples identify a hot key as well as all of
 * them would. Thread-safe.
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
	 * @return the configured rates, reduced in heavy traffic
	 */
	SampleRates effective() {
		return this.effective;
	}

	synchronized void configure(SampleRates rates) {
		this.configured = rates;
		apply(this.share);
	}

	/**
	 * Adapt the rates to the traffic.
	 * @param samples the keys that were sampled at the rates in effect
	 * @param elapsed the time in which they were sampled
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
