package io.github.hotplate.observation;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.CallRecord;

/**
 * What spans show of a command. Holds no keys and no values.
 *
 * @param client the client
 * @param operation the command: {@code GET}, {@code CONFIG GET}, {@code PIPELINE}, or
 * {@code PIPELINE GET} if all commands of a pipeline are the same
 * @param pipeline the name of a pipeline, empty for a nameless one; {@code null} for
 * anything but a pipeline
 * @param batchSize how many commands a pipeline has; 1 for anything but a pipeline
 * @param storedProcedure the SHA-1 digest of a script or the name of a function, or
 * {@code null} where the command runs none
 * @since 0.1.0
 */
public record ObservedCommand(ObservedClient client, String operation, @Nullable String pipeline, int batchSize,
		@Nullable String storedProcedure) {

	/**
	 * Return the node to which the call turned last.
	 * @return the node, or {@code null} if it has come to none
	 */
	public @Nullable HostAndPort node() {
		CallRecord call = CallRecord.current();
		return (call != null) ? call.node() : null;
	}

	/**
	 * Return the address to which the connection led that the call used last.
	 * @return the address, or {@code null} if it has had no connection to its last node
	 */
	public @Nullable InetSocketAddress peer() {
		CallRecord call = CallRecord.current();
		return (call != null) ? call.peer() : null;
	}

}
