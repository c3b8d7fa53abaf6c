package io.github.hotplate.subscription;

import java.time.Duration;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.StartupFailure;

/**
 * How long a client is patient with its subscriptions.
 *
 * @param client the name of the client
 * @param deadline how long the first attempt to subscribe may take
 * @param tolerant whether a subscription may begin before Redis is reached
 * @param silence how long a node may say nothing before it is asked for a sign of life
 * @param patience how long to wait for that sign
 */
record SubscriptionRules(String client, Duration deadline, boolean tolerant, Duration silence, Duration patience) {

	/**
	 * Well below the minutes after which firewalls forget a connection, and a negligible
	 * load.
	 */
	private static final Duration SILENCE = Duration.ofSeconds(2);

	/**
	 * A long time-out for slow commands must not make a subscription deaf for as long.
	 */
	private static final Duration MAX_PATIENCE = Duration.ofSeconds(5);

	static SubscriptionRules of(ClientConfig config) {
		Duration socket = config.timeouts().socket();
		return new SubscriptionRules(config.name(), config.retries().deadline(),
				config.startupFailure() == StartupFailure.WARN, SILENCE,
				(socket.compareTo(MAX_PATIENCE) < 0) ? socket : MAX_PATIENCE);
	}

}
