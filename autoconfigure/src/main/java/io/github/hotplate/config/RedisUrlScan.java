package io.github.hotplate.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Finds the single-segment prefixes with a Redis URL. The system environment provides
 * values but declares no prefixes, so that a stray {@code REDIS_URL} declares nothing.
 */
final class RedisUrlScan {

	private final Environment environment;

	private final List<ConfigurationPropertySource> sources;

	private RedisUrlScan(Environment environment) {
		this.environment = environment;
		this.sources = StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.toList();
	}

	static Map<ConfigurationPropertyName, String> of(Environment environment) {
		return new RedisUrlScan(environment).scan();
	}

	// The property source of lowest precedence, which holds the application's defaults,
	// determines the spelling.
	private Map<ConfigurationPropertyName, String> scan() {
		Map<ConfigurationPropertyName, String> prefixes = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource iterable
					&& !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
				iterable.stream()
					.filter((name) -> isUrlOfOneSegment(name) && hasRedisUrl(name))
					.forEach((name) -> prefixes.put(name.getParent(), name.getElement(0, Form.ORIGINAL)));
			}
		}
		return prefixes;
	}

	private static boolean isUrlOfOneSegment(ConfigurationPropertyName name) {
		return name.getNumberOfElements() == 2 && name.getLastElement(Form.UNIFORM).equals(ClientProperties.URL.name());
	}

	// One Redis URL in any source is enough: if another source overrides it with a
	// value that is none, the client must fail instead of silently disappearing.
	private boolean hasRedisUrl(ConfigurationPropertyName name) {
		return this.sources.stream()
			.map((source) -> source.getConfigurationProperty(name))
			.filter(Objects::nonNull)
			.anyMatch((property) -> RedisScheme.isMeantBy(resolve(String.valueOf(property.getValue()))));
	}

	private String resolve(String text) {
		try {
			return this.environment.resolvePlaceholders(text);
		}
		catch (PlaceholderResolutionException ex) {
			return text;
		}
	}

}
