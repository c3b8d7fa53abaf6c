package io.github.hotplate.execution;

import redis.clients.jedis.executors.CommandExecutor;

/**
 * An executor in front of a client's executor, with nothing of its own to close.
 */
public abstract class UnclosedExecutor implements CommandExecutor {

	/**
	 * Do nothing: what is behind this executor belongs to the client.
	 */
	@Override
	public final void close() {
	}

}
