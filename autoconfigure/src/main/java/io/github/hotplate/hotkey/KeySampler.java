package io.github.hotplate.hotkey;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.CompositeCommand;
import io.github.hotplate.config.ClientConfig.SampleRates;

/**
 * Takes samples of the keys of commands that Redis has run. Runs on the callers' threads,
 * and allocates nothing for a command that is not sampled. Thread-safe.
 * <p>
 * A sample taken at the rate {@code r} weighs {@code 1 / r} commands, so that the figures
 * of instances with different rates can be added up.
 */
final class KeySampler {

	private final KeyCutter cutter;

	private final boolean sizes;

	private final DoubleSupplier random;

	private final Consumer<Sample> samples;

	/**
	 * Create a sampler.
	 * @param cutter cuts long keys
	 * @param sizes whether to look at the sizes of arguments and replies
	 * @param random gives numbers from 0 to 1, 1 excluded
	 * @param samples takes the samples
	 */
	KeySampler(KeyCutter cutter, boolean sizes, DoubleSupplier random, Consumer<Sample> samples) {
		this.cutter = cutter;
		this.sizes = sizes;
		this.random = random;
		this.samples = samples;
	}

	/**
	 * Sample a command that did not fail as a whole.
	 * @param rates the rates
	 * @param command the command, which may be a pipeline or a transaction
	 * @param reply its reply
	 */
	void sample(SampleRates rates, CommandObject<?> command, @Nullable Object reply) {
		if (command instanceof CompositeCommand<?> several) {
			// A transaction that did not run, since a watched key was changed, has none.
			if (reply instanceof List<?> replies) {
				sampleAll(rates, several.getCommands(), replies);
			}
		}
		else {
			sampleOne(rates, command.getArguments(), reply);
		}
	}

	private void sampleAll(SampleRates rates, List<CommandObject<?>> commands, List<?> replies) {
		int answered = Math.min(commands.size(), replies.size());
		for (int i = 0; i < answered; i++) {
			Object reply = replies.get(i);
			if (!(reply instanceof Throwable)) {
				sample(rates, commands.get(i), reply);
			}
		}
	}

	private void sampleOne(SampleRates rates, CommandArguments arguments, @Nullable Object reply) {
		CommandSpec spec = CommandSpecs.of(arguments);
		AccessRule rule = AccessRule.of(spec, arguments);
		if (rule == AccessRule.NONE) {
			return;
		}
		double draw = this.random.getAsDouble();
		if (draw >= rates.reads() && draw >= rates.writes()) {
			return;
		}
		List<Object> keys = CommandKeys.of(spec, arguments);
		for (int i = 0; i < keys.size(); i++) {
			KeyAccess access = rule.accessOf(i);
			if (access != null && draw < access.rate(rates)) {
				long bytes = this.sizes ? CommandSizes.of(arguments, i, keys.size(), reply) : 0;
				this.samples.accept(sample(keys.get(i), access, 1 / access.rate(rates), bytes));
			}
		}
	}

	private Sample sample(Object key, KeyAccess access, double weight, long bytes) {
		Object cut = this.cutter.cut(key);
		return new Sample(cut, cut.equals(key) ? Sample.SLOT_OF_KEY : CommandKeys.slot(key), access, weight, bytes);
	}

}
