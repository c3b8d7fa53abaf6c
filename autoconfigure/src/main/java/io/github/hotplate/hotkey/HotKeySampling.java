package io.github.hotplate.hotkey;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.config.ClientConfig.SampleRates;

/**
 * Samples the commands of one client at rates that can change. Thread-safe.
 */
final class HotKeySampling {

	private final KeySampler sampler;

	private final SampleThrottle throttle;

	private final HotKeySummary summary;

	private final TrackerFailures failures;

	private final List<Runnable> switchListeners = new CopyOnWriteArrayList<>();

	HotKeySampling(KeySampler sampler, SampleThrottle throttle, HotKeySummary summary, TrackerFailures failures) {
		this.sampler = sampler;
		this.throttle = throttle;
		this.summary = summary;
		this.failures = failures;
	}

	/**
	 * Take samples of a command.
	 * @param command a command that Redis has executed
	 * @param spec what is known of it
	 * @param reply its reply
	 */
	void sample(CommandObject<?> command, CommandSpec spec, @Nullable Object reply) {
		try {
			this.sampler.sample(this.throttle.effective(), command, spec, reply);
		}
		catch (RuntimeException ex) {
			this.summary.drop();
			this.failures.note("could not sample a command", ex);
		}
	}

	SampleRates rates() {
		return this.throttle.configured();
	}

	SampleRates effectiveRates() {
		return this.throttle.effective();
	}

	void configure(SampleRates rates) {
		this.throttle.configure(rates);
	}

	boolean isActive() {
		SampleRates rates = rates();
		return rates.reads() > 0 || rates.writes() > 0;
	}

	void onSwitch(Runnable listener) {
		this.switchListeners.add(listener);
	}

	void announceSwitch() {
		this.switchListeners.forEach(Runnable::run);
	}

}
