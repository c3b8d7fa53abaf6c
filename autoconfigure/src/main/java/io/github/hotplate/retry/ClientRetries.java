package io.github.hotplate.retry;

import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.support.Listeners;
import io.github.hotplate.support.MonitoringFailures;

/**
 * What the retries of all commands of a client have in common. Thread-safe.
 *
 * @param client says how often and how long to retry
 * @param listeners are told of every retry
 * @param monitoringFailures is told when a listener fails
 * @param nanoTime tells the time
 * @param clock tells the time of day, which expiry times are compared with
 * @param sleeper pauses
 * @param warnings announces pauses
 */
record ClientRetries(ClientConfig client, List<RetryListener> listeners, MonitoringFailures monitoringFailures,
		LongSupplier nanoTime, InstantSource clock, Sleeper sleeper, RetryWarnings warnings) {

	ClientRetries {
		listeners = List.copyOf(listeners);
	}

	String name() {
		return this.client.name();
	}

	CallDeadline startCall() {
		return CallDeadline.start(this.client.retries().deadline(), this.nanoTime);
	}

	CommandRetries retriesOf(CommandObject<?> command, CommandSpec spec, CallDeadline deadline) {
		return new CommandRetries(this.client.name(), command, spec, this.client.retries(), deadline, this.clock,
				this.sleeper, this.warnings);
	}

	void announce(CommandSpec command, RuntimeException failure) {
		CallRecord.retried();
		String reason = CommandRetries.reason(failure);
		Listeners.tellEach(this.listeners, this.monitoringFailures,
				(listener) -> listener.onRetry(this.client, command, reason));
	}

}
