package io.github.hotplate.execution;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

/**
 * Advice around the commands of a client. Must be thread-safe.
 *
 * @since 0.1.0
 * @see CommandInvocation
 */
public abstract class CommandAdvice implements MethodInterceptor {

	@Override
	public final @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		return invoke(CommandInvocation.commandOf(invocation), invocation);
	}

	/**
	 * Run a command, by way of what stands behind this advice.
	 * @param command the command
	 * @param invocation the call, to proceed with
	 * @return the decoded reply
	 * @throws Throwable if the command failed
	 */
	protected abstract @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable;

}
