package io.github.hotplate.benchmark.load;

import java.util.concurrent.TimeUnit;

/**
 * When a thread makes its calls. One instance for each thread.
 *
 * @since 0.1.0
 */
public interface Pace {

	/**
	 * Wait until it is time for the next call.
	 * @return when the call was due, as of {@link System#nanoTime()}: now, or earlier if
	 * the calls before it took too long, so that they count for those that they kept
	 * waiting
	 */
	long awaitNext();

	/**
	 * Return the pace of a thread that makes each call as soon as the one before has
	 * ended.
	 * @return the pace
	 */
	static Pace unlimited() {
		return System::nanoTime;
	}

	/**
	 * Return the pace of a thread that makes its calls at equal intervals.
	 * @param callsPerSecond how many calls it makes in a second, 0 for as many as it can
	 * @return the pace
	 */
	static Pace of(int callsPerSecond) {
		return (callsPerSecond > 0) ? new RegularPace(TimeUnit.SECONDS.toNanos(1) / callsPerSecond) : unlimited();
	}

}
