package io.github.hotplate.config;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a client's configuration cannot be used, before anything is connected. It
 * names the key, what is wrong and the remedy, and never a password; it has no cause, for
 * a cause might.
 *
 * @since 0.1.0
 */
public final class InvalidClientConfigException extends RuntimeException {

	private final String key;

	private final @Nullable String value;

	private final @Nullable String origin;

	private final String reason;

	private final String action;

	InvalidClientConfigException(String key, @Nullable String value, @Nullable String origin, String reason,
			String action) {
		super(key + ": " + reason + ((value != null) ? " (value '" + value + "')" : ""));
		this.key = key;
		this.value = value;
		this.origin = origin;
		this.reason = reason;
		this.action = action;
	}

	/**
	 * The key as it should be written.
	 * @return text such as {@code foo.max_connections}
	 */
	public String getKey() {
		return this.key;
	}

	/**
	 * The value with any password masked.
	 * @return the value, or {@code null} if there is none or it must not be shown
	 */
	public @Nullable String getValue() {
		return this.value;
	}

	/**
	 * Where the value was written.
	 * @return text such as {@code class path resource [application.yml] - 3:8}, or
	 * {@code null} if there is no value
	 */
	public @Nullable String getOrigin() {
		return this.origin;
	}

	/**
	 * What is wrong.
	 * @return half a sentence
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * What to write instead.
	 * @return one sentence
	 */
	public String getAction() {
		return this.action;
	}

}
