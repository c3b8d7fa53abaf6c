package io.github.hotplate.execution;

import org.aopalliance.intercept.MethodInterceptor;

/**
 * Advice that can be switched off, and then is not in the chain, so that it costs
 * nothing.
 *
 * @since 0.1.0
 */
public interface SwitchableAdvice extends MethodInterceptor {

	/**
	 * Tell whether the advice is switched on.
	 * @return whether commands must pass it
	 */
	boolean isActive();

	/**
	 * Register a listener for the switch.
	 * @param listener is called after {@link #isActive()} has changed
	 */
	void onSwitch(Runnable listener);

}
