package io.github.hotplate.autoconfigure;

import java.util.List;
import java.util.Optional;

import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * What stock offers and clients do not, with the reason and the remedy.
 */
enum UnavailableType {

	/**
	 * The reactive API.
	 */
	REACTIVE("The calls of %s block, so there is no reactive API of Spring Data Redis.",
			"Inject a StringRedisTemplate and call it on a scheduler for blocking tasks, such as"
					+ " Schedulers.boundedElastic(). Or define a LettuceConnectionFactory bean of your own, which Spring Boot"
					+ " makes reactive templates for. It does not have the client's retries, limits and metrics."),

	/**
	 * The connection factory of one driver.
	 */
	DRIVER("The connection factory of %s is a MonitoredRedisConnectionFactory, not one of a driver.",
			"Inject or cast to RedisConnectionFactory, which is all that templates, caches and sessions need. If a library"
					+ " needs this very type, define a bean of that type for it. It does not have the client's retries,"
					+ " limits and metrics.");

	private final String reason;

	private final String action;

	UnavailableType(String reason, String action) {
		this.reason = reason;
		this.action = action;
	}

	static Optional<UnavailableType> of(String type) {
		if (!type.startsWith("org.springframework.data.redis.")) {
			return isOfDriver(type) ? Optional.of(DRIVER) : Optional.empty();
		}
		String simpleName = type.substring(type.lastIndexOf('.') + 1);
		if (simpleName.contains("Reactive")) {
			return Optional.of(REACTIVE);
		}
		return simpleName.matches("(Jedis|Lettuce)Connection(Factory)?") ? Optional.of(DRIVER) : Optional.empty();
	}

	private static boolean isOfDriver(String type) {
		return type.startsWith("redis.clients.jedis.") || type.startsWith("io.lettuce.core.");
	}

	FailureAnalysis explain(String description, List<String> clients, Throwable cause) {
		String owners = ((clients.size() == 1) ? "Redis client " : "the Redis clients ") + ClientNames.and(clients);
		return new FailureAnalysis(description + String.format("%n%n") + String.format(this.reason, owners),
				this.action, cause);
	}

}
