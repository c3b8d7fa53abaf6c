package io.github.hotplate.config;

import org.jspecify.annotations.Nullable;

/**
 * An unparsed value with its key and origin.
 *
 * @param key the documented spelling of the key, such as {@code foo.max_connections}
 * @param text the value with placeholders resolved
 * @param origin where the value comes from
 */
record ConfigValue(String key, String text, @Nullable String origin) {

	// The name of another property of the same client.
	String siblingKey(String name) {
		return this.key.substring(0, this.key.lastIndexOf('.') + 1) + name;
	}

	InvalidClientConfigException invalid(String reason, String action) {
		boolean secret = this.key.endsWith("password");
		String shown = secret ? Secrets.MASK : Secrets.mask(this.text);
		return new InvalidClientConfigException(this.key, shown, this.origin, reason, action);
	}

}
