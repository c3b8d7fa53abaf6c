package io.github.hotplate.retry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.BlockingCommands;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.execution.ClientClosing;
import io.github.hotplate.execution.CommandAdvice;
import io.github.hotplate.execution.CommandInvocation;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.support.MonitoringFailures;

/**
 * Retries commands that Redis did not run, until it does, the deadline passes or the
 * attempts are used up. A command whose reply was lost is retried only if it may run
 * twice; any other fails at once with an {@link AmbiguousExecutionException}.
 * Thread-safe.
 * <p>
 * State is made only once a command has failed. Spring's {@code RetryTemplate} makes it
 * for every call, which would be the most expensive part of a successful command.
 *
 * @since 0.1.0
 */
public final class RetryAdvice extends CommandAdvice {

	private final ClientRetries client;

	/**
	 * Create advice.
	 * @param client says how often and how long to retry
	 * @param listeners are told of every retry
	 */
	public RetryAdvice(ClientConfig client, List<RetryListener> listeners) {
		this(client, listeners, new MonitoringFailures());
	}

	/**
	 * Create advice.
	 * @param client says how often and how long to retry
	 * @param listeners are told of every retry
	 * @param monitoringFailures is told when a listener fails
	 */
	public RetryAdvice(ClientConfig client, List<RetryListener> listeners, MonitoringFailures monitoringFailures) {
		this(client, listeners, monitoringFailures, System::nanoTime,
				(duration) -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
	}

	/**
	 * Create advice.
	 * @param client says how often and how long to retry
	 * @param listeners are told of every retry
	 * @param monitoringFailures is told when a listener fails
	 * @param closing ends the pauses when the client is closed
	 */
	public RetryAdvice(ClientConfig client, List<RetryListener> listeners, MonitoringFailures monitoringFailures,
			ClientClosing closing) {
		this(client, listeners, monitoringFailures, System::nanoTime, closing::sleep);
	}

	RetryAdvice(ClientConfig client, List<RetryListener> listeners, MonitoringFailures monitoringFailures,
			LongSupplier nanoTime, Sleeper sleeper) {
		this.client = new ClientRetries(client, listeners, monitoringFailures, nanoTime, InstantSource.system(),
				sleeper, new RetryWarnings(client, nanoTime));
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		try (CallDeadline deadline = this.client.startCall()) {
			if (command instanceof PipelineCommand pipeline) {
				return new PipelineRetries(pipeline, invocation, this.client, deadline).execute();
			}
			return invoke(command, invocation, deadline);
		}
	}

	private @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation, CallDeadline deadline)
			throws Throwable {
		CommandRetries retries = null;
		boolean waits = command.getArguments().isBlocking();
		CommandObject<?> next = command;
		while (true) {
			Duration before = waits ? deadline.passed() : Duration.ZERO;
			try {
				return CommandInvocation.proceed(invocation, next);
			}
			catch (RuntimeException ex) {
				if (waits && !(ex instanceof NodeUnreachableException)) {
					CallRecord.served();
					deadline.extend(deadline.passed().minus(before));
				}
				if (retries == null) {
					retries = this.client.retriesOf(command, CommandInvocation.specOf(invocation), deadline);
				}
				retries.check(ex);
				retries.await(ex);
				this.client.announce(retries.command(), ex);
				next = waits ? BlockingCommands.rest(command, deadline.passed()) : command;
			}
		}
	}

}
