package io.github.hotplate.execution;

import org.aopalliance.intercept.MethodInterceptor;

/**
 * Advice that can be out of use for a while, and is not in the chain then, so that it
 * costs nothing.
 *
 * @since 0.1.0
 */
public interface SwitchableAdvice extends MethodInterceptor {

	/**
	 * Tell whether the advice is in use.
	 * @return whether commands shall pass it
	 */
	boolean isActive();

	/**
	 * Have a listener told whenever the advice comes into use or goes out of it.
	 * @param listener is told after {@link #isActive()} has changed
	 */
	void onSwitch(Runnable listener);

}
