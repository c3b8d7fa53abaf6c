package io.github.hotplate.observation;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandFailures;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.execution.CommandAdvice;
import io.github.hotplate.execution.CommandInvocation;

/**
 * Counts and times each command of a client, including all it takes: waiting for a
 * connection, redirections, retries. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MetricsAdvice extends CommandAdvice implements AutoCloseable {

	private final ClientMeters meters;

	private final LongSupplier nanoTime;

	private final Runnable release;

	private final AtomicBoolean closed = new AtomicBoolean();

	MetricsAdvice(ClientMeters meters, LongSupplier nanoTime, Runnable release) {
		this.meters = meters;
		this.nanoTime = nanoTime;
		this.release = release;
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		CommandSpec spec = CommandInvocation.specOf(invocation);
		CommandMeters meters = this.meters.of(spec);
		Throwable failure = null;
		meters.begin();
		long start = this.nanoTime.getAsLong();
		try {
			Object reply = invocation.proceed();
			failure = CommandFailures.find(command, reply);
			if (failure == null) {
				this.meters.succeeded(spec, meters);
			}
			return reply;
		}
		catch (Throwable ex) {
			failure = ex;
			throw ex;
		}
		finally {
			meters.end(this.nanoTime.getAsLong() - start, failure);
		}
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.release.run();
		}
	}

}
