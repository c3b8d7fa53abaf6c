package io.github.hotplate.hotkey;

import java.util.Arrays;
import java.util.Random;

/**
 * Draws ranks by Zipf's law: the rank {@code k}, from 0, comes {@code 1 / (k + 1)} times
 * as often as the first.
 */
final class Zipf {

	private final double[] cumulated;

	private final Random random;

	Zipf(int ranks, long seed) {
		this.cumulated = new double[ranks];
		this.random = new Random(seed);
		double sum = 0;
		for (int rank = 0; rank < ranks; rank++) {
			sum += 1.0 / (rank + 1);
			this.cumulated[rank] = sum;
		}
	}

	int next() {
		double draw = this.random.nextDouble() * this.cumulated[this.cumulated.length - 1];
		int position = Arrays.binarySearch(this.cumulated, draw);
		return (position >= 0) ? position : -position - 1;
	}

}
