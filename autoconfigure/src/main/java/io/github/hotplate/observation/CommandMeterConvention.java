package io.github.hotplate.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.github.hotplate.command.CommandSpec;

/**
 * How the meters of commands are named and tagged.
 */
enum CommandMeterConvention {

	/**
	 * As baseplate does.
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
	 * As OpenTelemetry asks.
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
	 * Return what the convention shows of a client. Clients that agree in it share their
	 * meters.
	 * @param client what tells the client from others
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
