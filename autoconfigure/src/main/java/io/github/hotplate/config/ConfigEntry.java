package io.github.hotplate.config;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertySource;

/**
 * A key of a client with the value that holds for it. {@link #toString()} hides secrets.
 *
 * @param key the documented spelling of the key, such as {@code foo.max_connections}
 * @param value the value as it is written, with placeholders resolved, or else the
 * default in configuration syntax; {@code null} if there is neither
 * @param masked the value with any password masked
 * @param origin where the value comes from, such as
 * {@code class path resource [application.yml] - 3:8}, or {@code null} for a default
 * @param source the property source that holds it, or {@code null}
 * @since 0.1.0
 */
public record ConfigEntry(String key, @Nullable String value, @Nullable String masked, @Nullable String origin,
		@Nullable PropertySource<?> source) {

	static ConfigEntry of(ConfigProperty<?> key, PrefixedProperties properties, ClientConfig config) {
		String name = properties.propertyName(key);
		ConfigValue value = properties.findValue(key);
		RawProperty raw = properties.findRaw(key);
		if (value == null || raw == null) {
			String text = EffectiveDefaults.of(key, config);
			return new ConfigEntry(name, text, text, null, null);
		}
		return new ConfigEntry(name, value.text(), value.masked(), value.origin(), raw.propertySource());
	}

	/**
	 * Tell whether the value is or contains a secret.
	 * @return whether it must not be shown as it is
	 */
	public boolean isSecret() {
		return this.value != null && !this.value.equals(this.masked);
	}

	@Override
	public String toString() {
		return this.key + "=" + this.masked;
	}

}
