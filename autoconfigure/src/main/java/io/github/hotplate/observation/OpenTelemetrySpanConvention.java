package io.github.hotplate.observation;

import io.github.hotplate.activity.CommandLabels;

/**
 * Names spans as OpenTelemetry's conventions ask: the operation, and the script, the
 * function or the only server that it is for. Thread-safe.
 *
 * @since 0.1.0
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/db/redis/">OpenTelemetry's
 * conventions for Redis</a>
 */
public class OpenTelemetrySpanConvention extends BaseplateSpanConvention {

	@Override
	public String name(ObservedCommand command) {
		String target = CommandLabels.SHARED.limitProcedure(command.storedProcedure());
		ObservedClient client = command.client();
		if (target == null && client.serverPort() != null && client.serverAddress().indexOf(',') < 0) {
			target = client.serverAddress() + ":" + client.serverPort();
		}
		return (target != null) ? command.operation() + " " + target : command.operation();
	}

	@Override
	public void startAttributes(ObservedCommand command, Attributes attributes) {
		super.startAttributes(command, attributes);
		String pipeline = command.pipeline();
		if (pipeline != null && !pipeline.isEmpty()) {
			attributes.put("hotplate.pipeline", pipeline);
		}
	}

}
