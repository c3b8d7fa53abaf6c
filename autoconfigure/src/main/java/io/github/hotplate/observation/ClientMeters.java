package io.github.hotplate.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.CommandLabels;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * The command meters of all clients with the same tags. Thread-safe.
 */
final class ClientMeters {

	private final CommandMeterConvention convention;

	private final MeterRegistry registry;

	private final CommandTags tags;

	private final CommandLabels labels;

	private final MonitoringFailures failures;

	private final Map<CommandSpec, CommandMeters> meters = new ConcurrentHashMap<>();

	private volatile @Nullable CommandMeters other;

	ClientMeters(CommandMeterConvention convention, MeterRegistry registry, CommandTags tags, CommandLabels labels,
			MonitoringFailures failures) {
		this.convention = convention;
		this.registry = registry;
		this.tags = tags;
		this.labels = labels;
		this.failures = failures;
	}

	CommandMeters of(CommandSpec command) {
		CommandMeters known = this.meters.get(command);
		return (known != null) ? known : this.meters.computeIfAbsent(this.labels.limit(command), this::register);
	}

	/**
	 * Note that Redis has run a command, so that its name may be shown from now on.
	 * @param command the command
	 * @param meters what measured it
	 */
	void succeeded(CommandSpec command, CommandMeters meters) {
		if (meters == this.other) {
			this.labels.learn(command);
		}
	}

	private CommandMeters register(CommandSpec command) {
		CommandMeters registered = tryToRegister(command);
		if (command == CommandLabels.OTHER) {
			this.other = registered;
		}
		return registered;
	}

	private CommandMeters tryToRegister(CommandSpec command) {
		try {
			return new FailSafeCommandMeters(this.convention.register(this.registry, this.tags, command),
					this.failures);
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.METRICS, ex);
			// A composite of no registries takes everything and keeps nothing.
			return this.convention.register(new CompositeMeterRegistry(), this.tags, command);
		}
	}

	void remove() {
		this.meters.values().forEach(CommandMeters::remove);
		this.meters.clear();
	}

}
