package io.github.hotplate.benchmark.harness;

/**
 * Something to measure.
 *
 * @param <O> its options, a record with a default for each component
 * @since 0.1.0
 */
public interface Benchmark<O> {

	/**
	 * Return what the options are.
	 * @return the type to bind the command line to
	 */
	Class<O> optionsType();

	/**
	 * Measure.
	 * @param options the options
	 * @param report where to write the results
	 * @throws Exception if it cannot be measured
	 */
	void run(O options, Report report) throws Exception;

}
