package io.github.hotplate.execution;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.config.ClientConfig;

/**
 * Makes advice for the commands of each client. Beans of this type are woven in their
 * order, those with the lowest order outermost; an application may add its own. Advice
 * sees the {@code CommandObject} that is about to run as its only argument, and must be
 * thread-safe. Advice that is {@code AutoCloseable} is closed with its client.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CommandAdviceFactory {

	/**
	 * Order of the advice that records what each call does.
	 */
	int RECORDING = -1_000;

	/**
	 * Order of the advice that makes spans.
	 */
	int TRACING = 0;

	/**
	 * Order of the advice that measures.
	 */
	int METRICS = 1_000;

	/**
	 * Order of the advice that samples keys.
	 */
	int HOT_KEYS = 1_500;

	/**
	 * Order of the advice that splits commands which several nodes must see.
	 */
	int SPLIT = 2_000;

	/**
	 * Order of the advice that retries refused commands.
	 */
	int RETRY = 3_000;

	/**
	 * Make advice for a client.
	 * @param config the client's configuration
	 * @return the advice, or {@code null} where the client needs none
	 */
	@Nullable MethodInterceptor adviceFor(ClientConfig config);

}
