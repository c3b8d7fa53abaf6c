package io.github.hotplate.chain;

import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.execution.SwitchableAdvice;

/**
 * A client's advice, woven around the executor that routes its commands, and woven again
 * when {@link SwitchableAdvice} is switched on or off. Every connection of the client
 * sends its commands through here. Thread-safe. Closing it closes the advice, and not the
 * executor, which belongs to the client's pool.
 *
 * @since 0.1.0
 */
public final class CommandExecutorChain implements CommandExecutor {

	private static final Logger logger = LoggerFactory.getLogger(CommandExecutorChain.class);

	private final CommandExecutor router;

	private final List<MethodInterceptor> advice;

	private volatile ChainInvocation.Advised woven;

	/**
	 * Weave a chain.
	 * @param router the executor that sends commands
	 * @param advice the advice, outermost first; may be empty
	 */
	public CommandExecutorChain(CommandExecutor router, List<MethodInterceptor> advice) {
		this.router = router;
		this.advice = List.copyOf(advice);
		this.woven = weave();
		for (MethodInterceptor interceptor : this.advice) {
			if (interceptor instanceof SwitchableAdvice switchable) {
				switchable.onSwitch(this::reweave);
			}
		}
	}

	// Commands that are under way end in the chain in which they began.
	private synchronized void reweave() {
		this.woven = weave();
	}

	private ChainInvocation.Advised weave() {
		MethodInterceptor[] inUse = this.advice.stream()
			.filter(CommandExecutorChain::isInUse)
			.toArray(MethodInterceptor[]::new);
		return new ChainInvocation.Advised(this, inUse, this.router);
	}

	private static boolean isInUse(MethodInterceptor interceptor) {
		return !(interceptor instanceof SwitchableAdvice switchable) || switchable.isActive();
	}

	@Override
	public <T> @Nullable T executeCommand(CommandObject<T> command) {
		return this.woven.execute(command);
	}

	@Override
	public void close() {
		for (MethodInterceptor interceptor : this.advice) {
			if (interceptor instanceof AutoCloseable closeable) {
				close(closeable);
			}
		}
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			logger.warn("Advice {} failed to close", closeable, ex);
		}
	}

}
