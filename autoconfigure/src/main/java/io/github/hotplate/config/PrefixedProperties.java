package io.github.hotplate.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;
import org.springframework.util.PlaceholderResolutionException;

/**
 * The properties of an environment under one prefix, found by Spring Boot's relaxed
 * binding rules. An empty value counts as absent.
 */
final class PrefixedProperties {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)[^}]*}");

	private final Environment environment;

	private final String prefix;

	private final ConfigurationPropertyName name;

	PrefixedProperties(Environment environment, String prefix) {
		Assert.isTrue(prefix.length() > 1 && prefix.endsWith("."),
				() -> "'prefix' must be a name that ends in a dot, such as 'foo.', but is '" + prefix + "'");
		this.environment = environment;
		this.prefix = prefix;
		this.name = ConfigurationPropertyName.adapt(prefix.substring(0, prefix.length() - 1), '.');
	}

	String client() {
		return this.prefix.substring(0, this.prefix.length() - 1);
	}

	String prefix() {
		return this.prefix;
	}

	ConfigurationPropertyName name() {
		return this.name;
	}

	ConfigurationPropertyName configurationPropertyName(ConfigProperty<?> key) {
		return this.name.append(key.canonicalName());
	}

	String propertyName(ConfigProperty<?> key) {
		return this.prefix + key.name();
	}

	InvalidClientConfigException missing(ConfigProperty<?> key, String action) {
		return new InvalidClientConfigException(propertyName(key), null, null, "no value specified", action);
	}

	<T> T get(ConfigProperty<T> key) {
		return get(key, null);
	}

	<T> T get(ConfigProperty<T> key, @Nullable T fallback) {
		T value = find(key);
		if (value != null) {
			return value;
		}
		return (fallback != null) ? fallback
				: key.parser().parse(new ConfigValue(propertyName(key), key.defaultText(), null));
	}

	/**
	 * Return a duration that must not be shorter than another. A default that is shorter
	 * is raised to it.
	 * @param key the key of the duration
	 * @param otherKey the key of the other
	 * @param other the other
	 * @return the duration
	 */
	Duration atLeast(ConfigProperty<Duration> key, ConfigProperty<Duration> otherKey, Duration other) {
		Duration duration = get(key);
		if (duration.compareTo(other) >= 0) {
			return duration;
		}
		ConfigValue value = findValue(key);
		if (value == null) {
			return other;
		}
		throw value.invalid("shorter than " + propertyName(otherKey),
				"Set " + propertyName(key) + " to " + propertyName(otherKey) + " or more.");
	}

	<T> @Nullable T find(ConfigProperty<T> key) {
		ConfigValue value = findValue(key);
		return (value != null) ? key.parser().parse(value) : null;
	}

	@Nullable ConfigValue findValue(ConfigProperty<?> key) {
		ConfigurationPropertyName lookup = configurationPropertyName(key);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(lookup);
			if (property != null) {
				ConfigValue value = resolve(propertyName(key), property);
				return value.text().isBlank() ? null : value;
			}
		}
		return null;
	}

	private ConfigValue resolve(String key, ConfigurationProperty property) {
		String text = String.valueOf(property.getValue());
		String origin = String.valueOf(property.getOrigin());
		String resolved;
		try {
			resolved = this.environment.resolvePlaceholders(text);
		}
		catch (PlaceholderResolutionException ex) {
			throw new ConfigValue(key, text, origin).invalid("circular placeholder",
					"Set the property behind the placeholder to a value that does not refer back to " + key + ".");
		}
		ConfigValue value = new ConfigValue(key, resolved, origin);
		Matcher placeholder = PLACEHOLDER.matcher(resolved);
		if (placeholder.find()) {
			String name = placeholder.group(1);
			throw value.invalid("unresolved placeholder ${" + name + "}", "Set the property or environment variable "
					+ name + ", or add a default: ${" + name + ":default}.");
		}
		return value;
	}

}
