package io.github.hotplate.chain;

import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.execution.SwitchableAdvice;

/**
 * A client's advice, woven around the executor that routes its commands, and anew when
 * {@link SwitchableAdvice} comes into use or goes out of it. Every connection of the
 * client sends its commands through here. Thread-safe. Closing it closes the advice, and
 * not the executor, which belongs to the client's pool.
 *
 * @since 0.1.0
 */
public final class CommandExecutorChain implements CommandExecutor {

	private static final Logger logger = LoggerFactory.getLogger(CommandExecutorChain.class);

	private final CommandExecutor router;

	private final List<MethodInterceptor> advice;

	private volatile CommandExecutor woven;

	/**
	 * Weave a chain.
	 * @param router the executor that sends commands
	 * @param advice the advice, outermost first; may be empty
	 */
	public CommandExecutorChain(CommandExecutor router, List<MethodInterceptor> advice) {
		this.router = router;
		this.advice = List.copyOf(advice);
		this.woven = weave(router, this.advice);
		for (MethodInterceptor interceptor : this.advice) {
			if (interceptor instanceof SwitchableAdvice switchable) {
				switchable.onSwitch(this::reweave);
			}
		}
	}

	// Commands that are under way end in the chain in which they began.
	private synchronized void reweave() {
		this.woven = weave(this.router, this.advice);
	}

	private static CommandExecutor weave(CommandExecutor router, List<MethodInterceptor> allAdvice) {
		List<MethodInterceptor> advice = allAdvice.stream().filter(CommandExecutorChain::isInUse).toList();
		if (advice.isEmpty()) {
			return router;
		}
		ProxyFactory factory = new ProxyFactory();
		factory.setInterfaces(CommandExecutor.class);
		for (MethodInterceptor interceptor : advice) {
			NameMatchMethodPointcutAdvisor advisor = new NameMatchMethodPointcutAdvisor(interceptor);
			advisor.setMappedName("executeCommand");
			factory.addAdvisor(advisor);
		}
		factory.setTarget(router);
		factory.setFrozen(true);
		return (CommandExecutor) factory.getProxy(CommandExecutor.class.getClassLoader());
	}

	private static boolean isInUse(MethodInterceptor interceptor) {
		return !(interceptor instanceof SwitchableAdvice switchable) || switchable.isActive();
	}

	@Override
	public <T> T executeCommand(CommandObject<T> command) {
		return this.woven.executeCommand(command);
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
