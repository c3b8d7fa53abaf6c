package io.github.hotplate.config;

import java.time.Duration;

import org.springframework.core.env.Environment;

/**
 * The keys {@code hotplate.request.*}: what is told of the requests of a servlet
 * application.
 *
 * @param enabled whether to record what requests do to Redis
 * @param serverTiming whether responses tell it in the header {@code Server-Timing}
 * @param warnCommands the number of commands beyond which a request is warned of, 0 for
 * never
 * @param warnTime the time spent on commands beyond which a request is warned of, zero
 * for never
 */
public record RequestConfig(boolean enabled, boolean serverTiming, int warnCommands, Duration warnTime) {

	private static final String PREFIX = "hotplate.request.";

	private static final ConfigProperty<Boolean> ENABLED = new ConfigProperty<>("enabled", "true", Parsers::springBool);

	private static final ConfigProperty<Boolean> SERVER_TIMING = new ConfigProperty<>("server_timing", "false",
			Parsers::springBool);

	private static final ConfigProperty<Integer> WARN_COMMANDS = new ConfigProperty<>("warn_commands", "0",
			Parsers.integer(0, 1_000_000));

	private static final ConfigProperty<Duration> WARN_TIME = new ConfigProperty<>("warn_time", "0",
			Parsers::timespanOrZero);

	/**
	 * Read the keys.
	 * @param environment where to look
	 * @return the checked values
	 * @throws InvalidClientConfigException if one of them is invalid
	 */
	public static RequestConfig of(Environment environment) {
		PrefixedProperties properties = new PrefixedProperties(environment, PREFIX);
		return new RequestConfig(properties.get(ENABLED), properties.get(SERVER_TIMING), properties.get(WARN_COMMANDS),
				properties.get(WARN_TIME));
	}

}
