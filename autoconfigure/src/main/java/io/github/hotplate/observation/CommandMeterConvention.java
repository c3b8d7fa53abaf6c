package io.github.hotplate.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.github.hotplate.command.CommandSpec;

/**
 * How the meters of commands are named and tagged.
 */
enum CommandMeterConvention {

	/**
	 * Baseplate's names.
	 */
	BASEPLATE {

		@Override
		CommandTags relevant(CommandTags client) {
			return client;
		}

		@Override
		CommandMeters register(MeterRegistry registry, CommandTags client, CommandSpec command) {
			return new BaseplateCommandMeters(registry, client.of(command.label()));
		}

	},

	/**
	 * OpenTelemetry's conventions.
	 */
	OPENTELEMETRY {

		@Override
		CommandTags relevant(CommandTags client) {
			return new CommandTags("", "", client.database());
		}

		@Override
		CommandMeters register(MeterRegistry registry, CommandTags client, CommandSpec command) {
			return new OpenTelemetryCommandMeters(registry, Tags.of("db.system.name", "redis", "db.operation.name",
					command.name(), "db.namespace", String.valueOf(client.database())));
		}

	};

	/**
	 * Return what the convention shows of a client. Clients for which that is equal share
	 * their meters.
	 * @param client what distinguishes the client
	 * @return what is left of it
	 */
	abstract CommandTags relevant(CommandTags client);

	/**
	 * Register the meters of a command.
	 * @param registry where to register them
	 * @param client what the convention shows of the client
	 * @param command the command
	 * @return the meters
	 */
	abstract CommandMeters register(MeterRegistry registry, CommandTags client, CommandSpec command);

}
