package io.github.hotplate.execution;

import java.time.Duration;

/**
 * The moment when a cluster that was down is up again.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Recovery {

	/**
	 * Wait for the moment.
	 * @param limit how long to wait at most
	 * @return whether the cluster is up again
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean await(Duration limit) throws InterruptedException;

}
