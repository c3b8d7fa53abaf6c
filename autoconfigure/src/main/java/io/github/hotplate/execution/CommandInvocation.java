package io.github.hotplate.execution;

import java.util.Objects;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;

/**
 * A command on its way through the advice of its client. It knows the command's
 * specification, which is looked up once per call, and can be proceeded with any number
 * of times, also with another command.
 *
 * @since 0.1.0
 */
public interface CommandInvocation extends ProxyMethodInvocation {

	/**
	 * Return the command.
	 * @return the command that is about to run
	 */
	CommandObject<?> command();

	/**
	 * Return what is known of the command.
	 * @return the specification
	 */
	CommandSpec spec();

	/**
	 * Run a command by way of what stands behind this advice.
	 * @param command the command, which need not be that of this invocation
	 * @return the decoded reply
	 * @throws Throwable if the command failed
	 */
	@Nullable Object proceed(CommandObject<?> command) throws Throwable;

	/**
	 * Return the command of any invocation of a client's executor.
	 * @param invocation the invocation
	 * @return its command
	 */
	static CommandObject<?> commandOf(MethodInvocation invocation) {
		return (invocation instanceof CommandInvocation known) ? known.command()
				: (CommandObject<?>) Objects.requireNonNull(invocation.getArguments()[0]);
	}

	/**
	 * Return what is known of the command of any invocation of a client's executor.
	 * @param invocation the invocation
	 * @return the specification of its command
	 */
	static CommandSpec specOf(MethodInvocation invocation) {
		return (invocation instanceof CommandInvocation known) ? known.spec()
				: CommandSpecs.of(commandOf(invocation).getArguments());
	}

	/**
	 * Proceed with a command. The invocation stays as it is, and can be proceeded with
	 * again.
	 * @param invocation the invocation
	 * @param command the command
	 * @return the decoded reply
	 * @throws Throwable if the command failed
	 */
	static @Nullable Object proceed(MethodInvocation invocation, CommandObject<?> command) throws Throwable {
		if (invocation instanceof CommandInvocation known) {
			return known.proceed(command);
		}
		return ((ProxyMethodInvocation) invocation).invocableClone(command).proceed();
	}

}
