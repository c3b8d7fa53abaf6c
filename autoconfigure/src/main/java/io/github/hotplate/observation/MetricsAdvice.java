package io.github.hotplate.observation;

import java.util.concurrent.atomic.AtomicBoolean;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandFailures;
import io.github.hotplate.execution.CommandAdvice;
import io.github.hotplate.execution.CommandInvocation;

/**
 * Counts and times each command of a client, with whatever else the command takes:
 * waiting for a connection, redirections, repetitions. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MetricsAdvice extends CommandAdvice implements AutoCloseable {

	private final ClientMeters meters;

	private final Runnable release;

	private final AtomicBoolean closed = new AtomicBoolean();

	MetricsAdvice(ClientMeters meters, Runnable release) {
		this.meters = meters;
		this.release = release;
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		CommandMeters meters = this.meters.of(CommandInvocation.specOf(invocation));
		Throwable failure = null;
		meters.begin();
		long start = System.nanoTime();
		try {
			Object reply = invocation.proceed();
			failure = CommandFailures.in(command, reply);
			return reply;
		}
		catch (Throwable ex) {
			failure = ex;
			throw ex;
		}
		finally {
			meters.end(System.nanoTime() - start, failure);
		}
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.release.run();
		}
	}

}
