package io.github.hotplate.activity;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.AccessRule;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.CompositeCommand;
import io.github.hotplate.execution.CallRecord;

/**
 * The calls of one client within one activity. Thread-safe: a call holds the lock for a
 * fraction of the time that it takes.
 */
final class ClientCalls {

	private final CommandLabels labels;

	private final Map<String, Tally> tallies = new HashMap<>();

	private final ReadKeys keys = new ReadKeys();

	private long commands;

	private long failures;

	private long retries;

	private long nanos;

	private long longestNanos;

	ClientCalls(CommandLabels labels) {
		this.labels = labels;
	}

	synchronized void add(CallRecord call) {
		boolean failed = call.failure() != null;
		this.commands++;
		this.failures += failed ? 1 : 0;
		this.retries += call.retries();
		this.nanos += call.totalNanos();
		this.longestNanos = Math.max(this.longestNanos, call.totalNanos());
		tally(failed ? this.labels.limit(call.spec()) : this.labels.learn(call.spec())).add(call.totalNanos(), failed);
		if (call.command() instanceof CompositeCommand<?> composite) {
			composite.getCommands().forEach((command) -> addPipelined(command, failed));
		}
		else {
			noteKeys(call.spec(), call.command(), failed);
		}
	}

	private void addPipelined(CommandObject<?> command, boolean failed) {
		CommandSpec spec = CommandSpecs.of(command.getArguments());
		tally(this.labels.limit(spec)).pipelined++;
		noteKeys(spec, command, failed);
	}

	private Tally tally(CommandSpec shown) {
		return this.tallies.computeIfAbsent(shown.name(), (name) -> new Tally());
	}

	private void noteKeys(CommandSpec spec, CommandObject<?> command, boolean failed) {
		// Pages of a scan and polls are meant to look at their key again.
		if (spec.access() == AccessRule.NONE || (spec.readOnly() && (failed || spec.cursor() || spec.blocking()))) {
			return;
		}
		List<Object> all = CommandKeys.of(spec, command.getArguments());
		for (int i = 0; i < all.size(); i++) {
			if (spec.access().writes(i)) {
				this.keys.written(all.get(i));
			}
			else if (spec.access().reads(i) && !failed) {
				this.keys.read(all.get(i));
			}
		}
	}

	synchronized long commands() {
		return this.commands;
	}

	synchronized long failures() {
		return this.failures;
	}

	synchronized long retries() {
		return this.retries;
	}

	synchronized long nanos() {
		return this.nanos;
	}

	synchronized long longestNanos() {
		return this.longestNanos;
	}

	synchronized long repeatedReads() {
		return this.keys.repeatedReads();
	}

	synchronized long repeatedKeys() {
		return this.keys.repeatedKeys();
	}

	synchronized Map<String, CommandActivity> byCommand() {
		Map<String, CommandActivity> result = new TreeMap<>();
		this.tallies.forEach((name, tally) -> result.put(name, tally.activity()));
		return result;
	}

	/**
	 * The commands of one name. Guarded by the lock of its calls.
	 */
	private static final class Tally {

		private long count;

		private long failures;

		private long nanos;

		private long longestNanos;

		private long pipelined;

		void add(long took, boolean failed) {
			this.count++;
			this.failures += failed ? 1 : 0;
			this.nanos += took;
			this.longestNanos = Math.max(this.longestNanos, took);
		}

		CommandActivity activity() {
			return new CommandActivity(this.count, this.failures, Duration.ofNanos(this.nanos),
					Duration.ofNanos(this.longestNanos), this.pipelined);
		}

	}

}
