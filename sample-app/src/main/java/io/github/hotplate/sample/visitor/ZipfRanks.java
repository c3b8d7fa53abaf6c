package io.github.hotplate.sample.visitor;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;

/**
 * Draws places of a ranking as people click on them: the second half as often as the
 * first, the third a third as often, and so on.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Zipf%27s_law">Zipf's law</a>
 */
final class ZipfRanks {

	private static final double EXPONENT = 1;

	private final DiscreteSampler sampler;

	ZipfRanks(UniformRandomProvider random, int ranks) {
		this.sampler = RejectionInversionZipfSampler.of(random, ranks, EXPONENT);
	}

	/**
	 * Draw a place.
	 * @return a place, starting at 1
	 */
	int next() {
		return this.sampler.sample();
	}

}
