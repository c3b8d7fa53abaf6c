package io.github.hotplate.template;

import java.util.function.Supplier;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.execution.UnclosedExecutor;

/**
 * Counts each command for the request that sends it.
 */
final class WatchedExecutor extends UnclosedExecutor {

	private final CommandExecutor delegate;

	private final Supplier<RequestDiagnostics> diagnostics;

	WatchedExecutor(CommandExecutor delegate, Supplier<RequestDiagnostics> diagnostics) {
		this.delegate = delegate;
		this.diagnostics = diagnostics;
	}

	@Override
	public <T> T executeCommand(CommandObject<T> command) {
		return this.diagnostics.get().watch(this.delegate, command);
	}

}
