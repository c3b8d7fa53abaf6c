package io.github.hotplate.hotkey;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.AccessRule;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.CompositeCommand;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.config.ClientConfig.SampleRates;

/**
 * Samples the keys of executed commands on the callers' threads. Allocates nothing for a
 * command that is not sampled. Thread-safe.
 * <p>
 * A sample taken at the rate {@code r} weighs {@code 1 / r} commands, so that the counts
 * of instances with different rates can be added.
 */
final class KeySampler {

	private final KeyCutter cutter;

	private final KeySlots slots;

	private final boolean sizes;

	private final DoubleSupplier random;

	private final Consumer<Sample> samples;

	/**
	 * Create a sampler.
	 * @param cutter cuts long keys
	 * @param slots tells where keys are
	 * @param sizes whether to look at the sizes of arguments and replies
	 * @param random gives numbers from 0 to 1, 1 excluded
	 * @param samples takes the samples
	 */
	KeySampler(KeyCutter cutter, KeySlots slots, boolean sizes, DoubleSupplier random, Consumer<Sample> samples) {
		this.cutter = cutter;
		this.slots = slots;
		this.sizes = sizes;
		this.random = random;
		this.samples = samples;
	}

	/**
	 * Sample a command that did not fail as a whole.
	 * @param rates the rates
	 * @param command the command, which may be a pipeline or a transaction
	 * @param spec what is known of it
	 * @param reply its reply
	 */
	void sample(SampleRates rates, CommandObject<?> command, CommandSpec spec, @Nullable Object reply) {
		if (command instanceof CompositeCommand<?> several) {
			// A transaction aborted by a changed watched key has no reply.
			if (reply instanceof List<?> replies) {
				sampleAll(rates, several, replies);
			}
		}
		else {
			sampleOne(rates, command, spec, this.slots.placeOf(command), reply);
		}
	}

	private void sampleAll(SampleRates rates, CompositeCommand<?> several, List<?> replies) {
		List<CommandObject<?>> commands = several.getCommands();
		int place = this.slots.placeOf(several);
		int answered = Math.min(commands.size(), replies.size());
		for (int i = 0; i < answered; i++) {
			Object reply = replies.get(i);
			if (!(reply instanceof Throwable)) {
				CommandObject<?> command = commands.get(i);
				sampleOne(rates, command, CommandSpecs.of(command.getArguments()),
						(place != CommandKeys.NO_SLOT) ? place : this.slots.placeOf(command), reply);
			}
		}
	}

	private void sampleOne(SampleRates rates, CommandObject<?> command, CommandSpec spec, int place,
			@Nullable Object reply) {
		AccessRule rule = spec.access();
		if (rule == AccessRule.NONE) {
			return;
		}
		double draw = this.random.getAsDouble();
		if (draw >= rates.reads() && draw >= rates.writes()) {
			return;
		}
		CommandArguments arguments = command.getArguments();
		List<Object> keys = CommandKeys.of(spec, arguments);
		for (int i = 0; i < keys.size(); i++) {
			KeyAccess access = KeyAccess.of(rule, i);
			if (access != null && draw < access.rate(rates)) {
				long bytes = this.sizes ? CommandSizes.of(arguments, i, keys.size(), reply) : 0;
				this.samples.accept(sample(keys.get(i), place, access, 1 / access.rate(rates), bytes));
			}
		}
	}

	private Sample sample(Object key, int place, KeyAccess access, double weight, long bytes) {
		Object cut = this.cutter.cut(key);
		return new Sample(cut, slot(key, cut, place), access, weight, bytes);
	}

	private int slot(Object key, Object cut, int place) {
		if (place != CommandKeys.NO_SLOT) {
			return place;
		}
		return cut.equals(key) ? Sample.SLOT_OF_KEY : this.slots.slot(key);
	}

}
