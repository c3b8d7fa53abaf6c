package io.github.hotplate.config;

import java.util.Set;

import org.springframework.core.env.Environment;

/**
 * How meters are named and tagged.
 *
 * @since 0.1.0
 */
public enum MetricsConvention {

	/**
	 * As in baseplate, so that its dashboards and alerts keep working.
	 */
	BASEPLATE,

	/**
	 * As OpenTelemetry's conventions for databases ask.
	 */
	OPENTELEMETRY;

	private static final ConfigProperty<Set<MetricsConvention>> KEY = new ConfigProperty<>("convention", "baseplate",
			Parsers.choices(MetricsConvention.class));

	/**
	 * Return the conventions that an environment asks for by
	 * {@code hotplate.metrics.convention}.
	 * @param environment where to look
	 * @return baseplate's by default, otherwise those listed
	 * @throws InvalidClientConfigException if there is no such convention
	 */
	public static Set<MetricsConvention> of(Environment environment) {
		return new PrefixedProperties(environment, "hotplate.metrics.").get(KEY);
	}

}
