package io.github.hotplate.config;

import org.jspecify.annotations.Nullable;

/**
 * The text found under a key, not yet parsed.
 *
 * @param key the key as it should be written, such as {@code foo.max_connections}
 * @param text the value, its placeholders resolved
 * @param origin where it was written
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
