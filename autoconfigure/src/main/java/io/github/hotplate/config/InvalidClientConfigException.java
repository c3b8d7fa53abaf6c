package io.github.hotplate.config;

import org.jspecify.annotations.Nullable;

/**
 * Thrown before any connection is opened if a client's configuration is invalid. It names
 * the key, the problem and the remedy, but never a password. It has no cause, because the
 * message of a cause might contain one.
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
	 * The key in its documented spelling.
	 * @return text such as {@code foo.max_connections}
	 */
	public String getKey() {
		return this.key;
	}

	/**
	 * The value with any password masked.
	 * @return the value, or {@code null} if there is none or it must stay hidden
	 */
	public @Nullable String getValue() {
		return this.value;
	}

	/**
	 * Where the value comes from.
	 * @return text such as {@code class path resource [application.yml] - 3:8}, or
	 * {@code null} if there is no value
	 */
	public @Nullable String getOrigin() {
		return this.origin;
	}

	/**
	 * What is wrong.
	 * @return a phrase
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
