package io.github.hotplate.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The values of keys that are not set. Some defaults depend on other keys.
 */
final class EffectiveDefaults {

	private static final Map<ConfigProperty<?>, Function<ClientConfig, Object>> DEPENDENT = new HashMap<>();

	static {
		DEPENDENT.put(ClientProperties.MODE, ClientConfig::mode);
		DEPENDENT.put(ClientProperties.SOCKET_CONNECT_TIMEOUT, (config) -> config.timeouts().connect());
		DEPENDENT.put(ClientProperties.SOCKET_TIMEOUT, (config) -> config.timeouts().socket());
		DEPENDENT.put(ClientProperties.SHUTDOWN_TIMEOUT, (config) -> config.timeouts().shutdown());
		DEPENDENT.put(ClientProperties.READ_PREFERENCE, (config) -> config.clusterOptions().readPreference());
		DEPENDENT.put(ClientProperties.RETRY_MAX_ATTEMPTS, (config) -> config.retries().maxAttempts());
		DEPENDENT.put(ClientProperties.RETRY_CLUSTER_DOWN_RETRY_ATTEMPTS,
				(config) -> config.retries().clusterDownAttempts());
		DEPENDENT.put(ClientProperties.RETRY_BACKOFF, (config) -> config.retries().backoff());
		DEPENDENT.put(ClientProperties.RETRY_BACKOFF_MULTIPLIER, (config) -> config.retries().multiplier());
		DEPENDENT.put(ClientProperties.RETRY_MAX_BACKOFF, (config) -> config.retries().maxBackoff());
		DEPENDENT.put(ClientProperties.RETRY_JITTER, (config) -> config.retries().jitter());
		DEPENDENT.put(ClientProperties.RETRY_DEADLINE, (config) -> config.retries().deadline());
		DEPENDENT.put(ClientProperties.PENALTY_BOX_MAX_WAIT, (config) -> config.penaltyBox().maxWait());
	}

	private EffectiveDefaults() {
	}

	/**
	 * Return the value of a key that is not set.
	 * @param key the key
	 * @param config the configuration of its client
	 * @return the value in configuration syntax, or {@code null} if there is none
	 */
	static @Nullable String of(ConfigProperty<?> key, ClientConfig config) {
		if (key == ClientProperties.SENTINEL_TLS) {
			return (config.mode() == ClientMode.SENTINEL) ? String.valueOf(config.sentinel().tls()) : null;
		}
		Function<ClientConfig, Object> dependent = DEPENDENT.get(key);
		String text = (dependent != null) ? text(dependent.apply(config)) : key.defaultText();
		return text.isEmpty() ? null : text;
	}

	private static String text(Object value) {
		if (value instanceof Duration duration) {
			return (duration.toMillisPart() == 0) ? units(duration.toSeconds(), "second")
					: units(duration.toMillis(), "millisecond");
		}
		if (value instanceof Enum<?> choice) {
			return choice.name().toLowerCase(Locale.ROOT);
		}
		return (value instanceof Double number && number == Math.rint(number)) ? String.valueOf(number.longValue())
				: String.valueOf(value);
	}

	private static String units(long number, String unit) {
		return number + " " + unit + ((number == 1) ? "" : "s");
	}

}
