package io.github.hotplate.support;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The randomness that is handed to constructors in production. Thread-safe.
 */
public final class Randoms {

	private Randoms() {
	}

	/**
	 * Return a random index.
	 * @param bound the number of indexes, at least 1
	 * @return a number from 0 to {@code bound} - 1
	 */
	public static int index(int bound) {
		return ThreadLocalRandom.current().nextInt(bound);
	}

	/**
	 * Return a random fraction.
	 * @return a number from 0, inclusive, to 1, exclusive
	 */
	public static double fraction() {
		return ThreadLocalRandom.current().nextDouble();
	}

	/**
	 * Return a random number.
	 * @return any number
	 */
	public static long number() {
		return ThreadLocalRandom.current().nextLong();
	}

}
