package io.github.hotplate.config;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * The properties of an environment under one prefix, found by Spring Boot's relaxed
 * binding rules. An empty value counts as absent.
 */
final class PrefixedProperties {

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
		RawProperty property = findRaw(key);
		if (property == null) {
			return null;
		}
		ConfigValue value = resolve(key, property);
		return value.text().isBlank() ? null : value;
	}

	@Nullable RawProperty findRaw(ConfigProperty<?> key) {
		ConfigurationPropertyName lookup = configurationPropertyName(key);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			RawProperty property = RawProperty.find(source, lookup);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	private ConfigValue resolve(ConfigProperty<?> key, RawProperty property) {
		List<ConfigValue> values = property.elements().stream().map((element) -> resolve(key, element)).toList();
		if (!property.list()) {
			return values.get(0);
		}
		if (key.joiner() == null) {
			throw new InvalidClientConfigException(propertyName(key), null, property.origin(), "must not be a list",
					"Set " + propertyName(key) + " to one value.");
		}
		return new ConfigValue(propertyName(key), key.joiner().apply(values.stream().map(ConfigValue::text).toList()),
				property.origin(), values.stream().allMatch(ConfigValue::verbatim));
	}

	private ConfigValue resolve(ConfigProperty<?> key, ConfigurationProperty property) {
		String text = String.valueOf(property.getValue());
		ConfigValue value = new ConfigValue(propertyName(key), text, String.valueOf(property.getOrigin()),
				Placeholders.isVerbatim(property.getValue()));
		ConfigValue resolved = new Placeholders(this.environment).resolve(value);
		return (key != ClientProperties.URL) ? resolved : withPort(value, resolved);
	}

	// In a URL, a number stands for itself except in the user and the password.
	private ConfigValue withPort(ConfigValue value, ConfigValue resolved) {
		String userInfo = value.text().substring(0, value.text().lastIndexOf('@') + 1);
		Placeholders placeholders = new Placeholders(this.environment);
		placeholders.resolveLeniently(userInfo);
		return new ConfigValue(value.key(), resolved.text(), value.origin(), placeholders.verbatim());
	}

}
