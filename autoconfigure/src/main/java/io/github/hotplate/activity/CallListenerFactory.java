package io.github.hotplate.activity;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.config.ClientConfig;

/**
 * Makes the listeners for the calls of each client.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallListenerFactory {

	/**
	 * Make a listener for the calls of a client.
	 * @param config the client's configuration
	 * @return the listener, or {@code null} where nobody wants to know
	 */
	@Nullable CallListener listenerFor(ClientConfig config);

}
