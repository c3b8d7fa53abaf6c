package io.github.hotplate.observation;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.crossslot.SplitListener;

/**
 * Tags a command's span with the numbers of keys and nodes that the command spans.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class SplitAttributes implements SplitListener {

	private final Tracer tracer;

	public SplitAttributes(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public void onSplit(CommandSpec command, int keys, int nodes) {
		Span span = this.tracer.currentSpan();
		if (span == null) {
			return;
		}
		if (keys > 0) {
			span.tag("hotplate.keys", keys);
		}
		span.tag("hotplate.nodes", nodes);
	}

}
