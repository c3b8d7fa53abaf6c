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
	 * As in OpenTelemetry's semantic conventions for databases.
	 */
	OPENTELEMETRY;

	private static final ConfigProperty<Set<MetricsConvention>> KEY = new ConfigProperty<>("convention", "baseplate",
			Parsers.choices(MetricsConvention.class), (conventions) -> String.join(",", conventions));

	/**
	 * Return the conventions selected by {@code hotplate.metrics.convention}.
	 * @param environment where to look
	 * @return the listed conventions, baseplate's by default
	 * @throws InvalidClientConfigException if a convention is unknown
	 */
	public static Set<MetricsConvention> of(Environment environment) {
		return new PrefixedProperties(environment, "hotplate.metrics.").get(KEY);
	}

}
