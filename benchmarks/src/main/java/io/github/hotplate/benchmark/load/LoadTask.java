package io.github.hotplate.benchmark.load;

import org.jspecify.annotations.Nullable;

/**
 * What one thread of a load does until told to stop. Its results are to be asked for when
 * the thread has ended.
 *
 * @since 0.1.0
 */
public interface LoadTask extends Runnable {

	/**
	 * Have the thread end after the call it is in.
	 */
	void stop();

	/**
	 * Return how the calls went.
	 * @return the log of all calls
	 */
	CallLog log();

	/**
	 * Return why the last failed call failed.
	 * @return the failure, or {@code null}
	 */
	@Nullable RuntimeException failure();

}
