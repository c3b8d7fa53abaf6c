package io.github.hotplate.config;

import org.jspecify.annotations.Nullable;

/**
 * An unparsed value with its key and origin.
 *
 * @param key the documented spelling of the key, such as {@code foo.max_connections}
 * @param text the value with placeholders resolved
 * @param origin where the value comes from
 * @param verbatim whether the value is what was written, and not a number or something
 * else that YAML made of it
 */
record ConfigValue(String key, String text, @Nullable String origin, boolean verbatim) {

	ConfigValue(String key, String text, @Nullable String origin) {
		this(key, text, origin, true);
	}

	// The name of another property of the same client.
	String siblingKey(String name) {
		return this.key.substring(0, this.key.lastIndexOf('.') + 1) + name;
	}

	boolean isSecret() {
		return this.key.endsWith("password");
	}

	String masked() {
		return isSecret() ? Secrets.MASK : Secrets.mask(this.text);
	}

	InvalidClientConfigException invalid(String reason, String action) {
		return new InvalidClientConfigException(this.key, masked(), this.origin, reason, action);
	}

	// Without the value, which is not what was written, and may be a password.
	InvalidClientConfigException notVerbatim() {
		return new InvalidClientConfigException(this.key, null, this.origin, "not a text",
				"Write " + this.key
						+ ", or the value behind its placeholder, in quotes: without them, 0123 is the number"
						+ " 83 and yes is a boolean.");
	}

}
