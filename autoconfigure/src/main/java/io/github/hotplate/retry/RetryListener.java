package io.github.hotplate.retry;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.config.ClientConfig;

/**
 * Called for every retry of every client. Beans of this type are called in their order,
 * on the thread of the command; they must be thread-safe and quick.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RetryListener {

	/**
	 * A command is about to be sent again.
	 * @param client the configuration of the client
	 * @param command the command
	 * @param reason why: {@code connection}, {@code timeout}, or the first word of Redis'
	 * refusal such as {@code CLUSTERDOWN}
	 */
	void onRetry(ClientConfig client, CommandSpec command, String reason);

}
