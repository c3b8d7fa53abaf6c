package io.github.hotplate.observation;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.retry.RetryListener;

/**
 * Notes retries as events of the command's span. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RetryEvents implements RetryListener {

	private final Tracer tracer;

	public RetryEvents(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public void onRetry(ClientConfig client, CommandSpec command, String reason) {
		Span span = this.tracer.currentSpan();
		if (span != null) {
			span.event("retry: " + reason);
		}
	}

}
