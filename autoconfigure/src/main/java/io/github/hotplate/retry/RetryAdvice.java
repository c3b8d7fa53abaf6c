package io.github.hotplate.retry;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.CommandAdvice;
import io.github.hotplate.support.MonitoringFailures;

/**
 * Repeats commands that Redis did not run, until it does, the deadline passes or the
 * attempts are used up. A command whose reply was lost is repeated only if it may run
 * twice; any other fails at once with an {@link AmbiguousExecutionException}.
 * Thread-safe.
 * <p>
 * What repeating takes is made when a command has failed. Spring's {@code RetryTemplate}
 * makes it for every call, and would be the dearest part of a command that succeeds.
 *
 * @since 0.1.0
 */
public final class RetryAdvice extends CommandAdvice {

	private final ClientConfig client;

	private final List<RetryListener> listeners;

	private final MonitoringFailures monitoringFailures;

	private final LongSupplier nanoTime;

	private final Sleeper sleeper;

	/**
	 * Create advice.
	 * @param client says how often and how long to repeat
	 * @param listeners are told of every repetition
	 */
	public RetryAdvice(ClientConfig client, List<RetryListener> listeners) {
		this(client, listeners, new MonitoringFailures());
	}

	/**
	 * Create advice.
	 * @param client says how often and how long to repeat
	 * @param listeners are told of every repetition
	 * @param monitoringFailures is told when a listener fails
	 */
	public RetryAdvice(ClientConfig client, List<RetryListener> listeners, MonitoringFailures monitoringFailures) {
		this(client, listeners, monitoringFailures, System::nanoTime,
				(duration) -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
	}

	RetryAdvice(ClientConfig client, List<RetryListener> listeners, MonitoringFailures monitoringFailures,
			LongSupplier nanoTime, Sleeper sleeper) {
		this.client = client;
		this.listeners = List.copyOf(listeners);
		this.monitoringFailures = monitoringFailures;
		this.nanoTime = nanoTime;
		this.sleeper = sleeper;
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		try (CallDeadline deadline = CallDeadline.start(this.client.retries().deadline(), this.nanoTime)) {
			return invoke(command, invocation, deadline);
		}
	}

	private @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation, CallDeadline deadline)
			throws Throwable {
		if (command instanceof PipelineCommand pipeline) {
			return new PipelineRetries(pipeline, (ProxyMethodInvocation) invocation, this, deadline).execute();
		}
		CommandRetries retries = null;
		while (true) {
			try {
				return ((ProxyMethodInvocation) invocation).invocableClone().proceed();
			}
			catch (RuntimeException ex) {
				if (retries == null) {
					retries = retries(command, deadline);
				}
				retries.check(ex);
				retries.await(ex);
				announce(retries.command(), ex);
			}
		}
	}

	CommandRetries retries(CommandObject<?> command, CallDeadline deadline) {
		return new CommandRetries(this.client.name(), command, this.client.retries(), deadline, this.sleeper);
	}

	void announce(CommandSpec command, RuntimeException failure) {
		String reason = CommandRetries.reason(failure);
		for (RetryListener listener : this.listeners) {
			try {
				listener.onRetry(this.client, command, reason);
			}
			catch (RuntimeException ex) {
				this.monitoringFailures.note(MonitoringFailures.Part.LISTENER, ex);
			}
		}
	}

}
