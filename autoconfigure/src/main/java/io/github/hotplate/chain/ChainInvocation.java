package io.github.hotplate.chain;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.execution.CommandInvocation;
import io.github.hotplate.execution.SpecifiedCommandExecutor;

/**
 * A command at one place of the chain. It does what Spring's own invocations do, so that
 * any {@code MethodInterceptor} can be advice, but allocates only what is asked for. Not
 * thread-safe.
 */
final class ChainInvocation implements CommandInvocation {

	private static final Method METHOD = Objects
		.requireNonNull(ReflectionUtils.findMethod(CommandExecutor.class, "executeCommand", CommandObject.class));

	private final Advised advised;

	private final int next;

	private CommandObject<?> command;

	private CommandSpec spec;

	private @Nullable Object @Nullable [] arguments;

	private @Nullable Map<String, Object> attributes;

	/**
	 * Create an invocation.
	 * @param advised the advice and what it is around
	 * @param next the position of the advice to proceed to
	 * @param command the command
	 * @param spec what is known of it
	 */
	ChainInvocation(Advised advised, int next, CommandObject<?> command, CommandSpec spec) {
		this.advised = advised;
		this.next = next;
		this.command = command;
		this.spec = spec;
	}

	@Override
	public CommandObject<?> command() {
		adoptArguments();
		return this.command;
	}

	@Override
	public CommandSpec spec() {
		adoptArguments();
		return this.spec;
	}

	// Interceptors may change the array of arguments in place.
	private void adoptArguments() {
		if (this.arguments != null && this.arguments[0] != this.command) {
			this.command = (CommandObject<?>) Objects.requireNonNull(this.arguments[0]);
			this.spec = CommandSpecs.of(this.command.getArguments());
		}
	}

	@Override
	public @Nullable Object proceed() throws Throwable {
		adoptArguments();
		return this.advised.proceed(this.next, this.command, this.spec);
	}

	@Override
	public @Nullable Object proceed(CommandObject<?> command) throws Throwable {
		return this.advised.proceed(this.next, command,
				(command == this.command) ? this.spec : CommandSpecs.of(command.getArguments()));
	}

	@Override
	public @Nullable Object[] getArguments() {
		if (this.arguments == null) {
			this.arguments = new Object[] { this.command };
		}
		return this.arguments;
	}

	@Override
	public void setArguments(@Nullable Object... arguments) {
		Assert.isTrue(arguments.length == 1 && arguments[0] instanceof CommandObject<?>,
				"'arguments' must be one CommandObject");
		this.arguments = arguments;
	}

	@Override
	public MethodInvocation invocableClone() {
		return new ChainInvocation(this.advised, this.next, command(), spec());
	}

	@Override
	public MethodInvocation invocableClone(@Nullable Object... arguments) {
		ChainInvocation clone = new ChainInvocation(this.advised, this.next, this.command, this.spec);
		clone.setArguments(arguments);
		return clone;
	}

	@Override
	public void setUserAttribute(String key, @Nullable Object value) {
		if (this.attributes == null) {
			this.attributes = new HashMap<>();
		}
		if (value != null) {
			this.attributes.put(key, value);
		}
		else {
			this.attributes.remove(key);
		}
	}

	@Override
	public @Nullable Object getUserAttribute(String key) {
		return (this.attributes != null) ? this.attributes.get(key) : null;
	}

	@Override
	public Object getProxy() {
		return this.advised.chain();
	}

	@Override
	public Object getThis() {
		return this.advised.router();
	}

	@Override
	public Method getMethod() {
		return METHOD;
	}

	@Override
	public AccessibleObject getStaticPart() {
		return METHOD;
	}

	/**
	 * Advice in its order, around an executor. Immutable and thread-safe.
	 *
	 * @param chain what callers use
	 * @param advice the advice, outermost first
	 * @param router the executor behind the advice
	 */
	record Advised(CommandExecutor chain, MethodInterceptor[] advice, CommandExecutor router) {

		@SuppressWarnings("unchecked") // Advice returns the reply of its command.
		<T> @Nullable T execute(CommandObject<T> command) {
			if (this.advice.length == 0) {
				return this.router.executeCommand(command);
			}
			try {
				return (T) proceed(0, command, CommandSpecs.of(command.getArguments()));
			}
			catch (RuntimeException | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new UndeclaredThrowableException(ex);
			}
		}

		private @Nullable Object proceed(int index, CommandObject<?> command, CommandSpec spec) throws Throwable {
			if (index < this.advice.length) {
				return this.advice[index].invoke(new ChainInvocation(this, index + 1, command, spec));
			}
			return (this.router instanceof SpecifiedCommandExecutor specified) ? specified.executeCommand(command, spec)
					: this.router.executeCommand(command);
		}

	}

}
