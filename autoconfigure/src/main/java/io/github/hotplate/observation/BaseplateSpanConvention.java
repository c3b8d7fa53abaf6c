package io.github.hotplate.observation;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.ErrorReply;

/**
 * Names spans as baseplate does, and gives them the attributes of OpenTelemetry's
 * conventions. Thread-safe.
 *
 * @since 0.1.0
 */
public class BaseplateSpanConvention implements CommandSpanConvention {

	@Override
	public String name(ObservedCommand command) {
		String client = command.client().name();
		String pipeline = command.pipeline();
		if (pipeline == null) {
			return client + "." + command.operation();
		}
		return client + ".pipeline" + (pipeline.isEmpty() ? "" : "_" + pipeline);
	}

	@Override
	public void startAttributes(ObservedCommand command, Attributes attributes) {
		ObservedClient client = command.client();
		attributes.put("db.system.name", "redis");
		attributes.put("db.operation.name", command.operation());
		attributes.put("db.namespace", String.valueOf(client.database()));
		attributes.put("server.address", client.serverAddress());
		Integer port = client.serverPort();
		if (port != null) {
			attributes.put("server.port", port);
		}
		if (command.batchSize() > 1) {
			attributes.put("db.operation.batch.size", command.batchSize());
		}
		String procedure = command.storedProcedure();
		if (procedure != null) {
			attributes.put("db.stored_procedure.name", procedure);
		}
	}

	@Override
	public void endAttributes(ObservedCommand command, @Nullable Throwable failure, Attributes attributes) {
		HostAndPort node = command.node();
		if (node != null) {
			InetSocketAddress peer = command.peer();
			InetAddress address = (peer != null) ? peer.getAddress() : null;
			attributes.put("network.peer.address", (address != null) ? address.getHostAddress() : node.getHost());
			attributes.put("network.peer.port", (peer != null) ? peer.getPort() : node.getPort());
		}
		if (failure != null) {
			String code = ErrorReply.of(failure).code();
			if (code != null) {
				attributes.put("db.response.status_code", code);
			}
			attributes.put("error.type", ErrorType.of(failure));
		}
	}

}
