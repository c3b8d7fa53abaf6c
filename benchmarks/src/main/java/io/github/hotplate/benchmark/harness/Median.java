package io.github.hotplate.benchmark.harness;

import java.util.Collection;

/**
 * The value in the middle, which a disturbed run cannot move far.
 *
 * @since 0.1.0
 */
public final class Median {

	private Median() {
	}

	/**
	 * Return the median.
	 * @param values the values, at least one
	 * @return the value in the middle, or the mean of the two there
	 */
	public static double of(Collection<? extends Number> values) {
		double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
