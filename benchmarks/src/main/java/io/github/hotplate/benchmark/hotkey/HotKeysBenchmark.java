package io.github.hotplate.benchmark.hotkey;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Machine;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.turns.Workload;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Measures the search for hot keys against its targets.
 *
 * @since 0.1.0
 */
public final class HotKeysBenchmark implements Benchmark<HotKeysBenchmark.Options> {

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws Exception {
		report.heading(1, "Hot keys");
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().start()) {
			report.paragraph(Machine.describe(cluster.nodes().get(0)) + ".");
			for (Part part : options.parts()) {
				switch (part) {
					case COST -> new Cost(cluster, options).measure(report);
					case ACCURACY -> new Accuracy(cluster, options).measure(report);
					case CHANGE -> new Change(cluster, options).measure(report);
					case MEMORY -> new Memory(cluster, options).measure(report);
				}
			}
		}
	}

	/**
	 * What can be measured by itself.
	 *
	 * @since 0.1.0
	 */
	public enum Part {

		/**
		 * What callers and Redis notice.
		 */
		COST,

		/**
		 * Whether the hot keys are found, and no others.
		 */
		ACCURACY,

		/**
		 * How soon a new hot key leads.
		 */
		CHANGE,

		/**
		 * How much memory a tracker holds.
		 */
		MEMORY

	}

	/**
	 * What to measure, and how thoroughly.
	 *
	 * @param parts the parts
	 * @param workloads cost: the kinds of calls, of single commands or pipelines
	 * @param threads cost: numbers of threads
	 * @param warmup cost: how long each client warms up
	 * @param duration cost: how long a turn takes
	 * @param rounds cost: how many turns each client takes
	 * @param counting cost: for how long the commands at Redis are counted
	 * @param connectionsPerNode the most connections to each node
	 * @param rates accuracy, change: the sample rates
	 * @param keys accuracy, change: how many keys there are
	 * @param operations accuracy: how many reads each load has
	 * @param seed accuracy: what loads to draw
	 * @param before change: how long the old key has been hot
	 * @param distinctKeys memory: how many keys there are
	 * @param keyLength memory: how long they are
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("cost,accuracy,change,memory") List<Part> parts,
			@DefaultValue("get") List<Workload> workloads, @DefaultValue("1,8,32") List<Integer> threads,
			@DefaultValue("4s") Duration warmup, @DefaultValue("250ms") Duration duration,
			@DefaultValue("41") int rounds, @DefaultValue("5s") Duration counting,
			@DefaultValue("32") int connectionsPerNode, @DefaultValue("1,0.01") List<Double> rates,
			@DefaultValue("1000000") int keys, @DefaultValue("2000000") int operations, @DefaultValue("1") long seed,
			@DefaultValue("20s") Duration before, @DefaultValue("10000000") int distinctKeys,
			@DefaultValue("300") int keyLength) {

	}

}
