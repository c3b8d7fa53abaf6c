package io.github.hotplate.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.hotplate.command.CommandSpec;

/**
 * The command meters of all clients with the same tags. Thread-safe.
 */
final class ClientMeters {

	private static final Logger logger = LoggerFactory.getLogger(ClientMeters.class);

	private final MeterRegistry registry;

	private final CommandTags tags;

	private final Map<CommandSpec, CommandMeters> meters = new ConcurrentHashMap<>();

	ClientMeters(MeterRegistry registry, CommandTags tags) {
		this.registry = registry;
		this.tags = tags;
	}

	CommandMeters of(CommandSpec command) {
		CommandMeters known = this.meters.get(command);
		return (known != null) ? known : this.meters.computeIfAbsent(command, this::register);
	}

	private CommandMeters register(CommandSpec command) {
		try {
			return new CommandMeters(this.registry, this.tags.of(command.label()));
		}
		catch (RuntimeException ex) {
			logger.warn("Command {} is not measured, since the meter registry rejects its meters", command.name(), ex);
			// A composite of no registries takes everything and keeps nothing.
			return new CommandMeters(new CompositeMeterRegistry(), this.tags.of(command.label()));
		}
	}

	void remove() {
		this.meters.values().forEach(CommandMeters::remove);
		this.meters.clear();
	}

}
