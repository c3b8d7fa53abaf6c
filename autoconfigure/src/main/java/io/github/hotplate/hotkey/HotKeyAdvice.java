package io.github.hotplate.hotkey;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.execution.CommandAdvice;
import io.github.hotplate.execution.CommandInvocation;
import io.github.hotplate.execution.SwitchableAdvice;

/**
 * Passes executed commands to the sampling of a tracker. Runs outside of the advice that
 * splits commands, so it sees each command once, with all its keys. Thread-safe.
 */
final class HotKeyAdvice extends CommandAdvice implements SwitchableAdvice {

	private final HotKeySampling sampling;

	HotKeyAdvice(HotKeySampling sampling) {
		this.sampling = sampling;
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		CommandSpec spec = CommandInvocation.specOf(invocation);
		Object reply = invocation.proceed();
		this.sampling.sample(command, spec, reply);
		return reply;
	}

	@Override
	public boolean isActive() {
		return this.sampling.isActive();
	}

	@Override
	public void onSwitch(Runnable listener) {
		this.sampling.onSwitch(listener);
	}

}
