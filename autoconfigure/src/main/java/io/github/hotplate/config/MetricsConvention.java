package io.github.hotplate.config;

import java.util.Optional;
import java.util.Set;

import org.springframework.core.env.Environment;

/**
 * How meters and spans are named and tagged.
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

	private static final ConfigProperty<Optional<MetricsConvention>> SPANS_KEY = new ConfigProperty<>("convention", "",
			(value) -> value.text().isBlank() ? Optional.empty()
					: Optional.of(Parsers.choice(MetricsConvention.class).parse(value)));

	/**
	 * Return the convention that names the spans: the one of
	 * {@code hotplate.spans.convention} or, without it, the only one of the meters.
	 * @param environment where to look
	 * @return the convention, baseplate's by default
	 * @throws InvalidClientConfigException if the convention is unknown
	 */
	public static MetricsConvention ofSpans(Environment environment) {
		return new PrefixedProperties(environment, "hotplate.spans.").get(SPANS_KEY)
			.orElseGet(() -> of(environment).contains(BASEPLATE) ? BASEPLATE : OPENTELEMETRY);
	}

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
