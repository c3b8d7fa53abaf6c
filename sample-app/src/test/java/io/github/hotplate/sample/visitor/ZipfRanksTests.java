package io.github.hotplate.sample.visitor;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ZipfRanksTests {

	private static final int DRAWS = 100_000;

	@Test
	void drawsEachRankInInverseProportionToIt() {
		int[] draws = draw(40);
		assertThat((double) draws[1] / draws[2]).isCloseTo(2, within(0.1));
		assertThat((double) draws[1] / draws[10]).isCloseTo(10, within(1.0));
	}

	@Test
	void drawsEveryRankAndNoOther() {
		int[] draws = draw(40);
		assertThat(draws[0]).isZero();
		assertThat(draws).hasSize(41);
		for (int rank = 1; rank <= 40; rank++) {
			assertThat(draws[rank]).as("rank %d", rank).isPositive();
		}
	}

	private static int[] draw(int ranks) {
		ZipfRanks zipf = new ZipfRanks(new Random(42)::nextLong, ranks);
		int[] draws = new int[ranks + 1];
		for (int i = 0; i < DRAWS; i++) {
			draws[zipf.next()]++;
		}
		return draws;
	}

}
