package io.github.hotplate.benchmark.hotkey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.benchmark.turns.Keys;
import io.github.hotplate.benchmark.turns.Load;
import io.github.hotplate.benchmark.turns.Measurement;
import io.github.hotplate.benchmark.turns.Series;
import io.github.hotplate.benchmark.turns.Turns;
import io.github.hotplate.benchmark.turns.Workload;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Compares a client that samples every command with one that samples none.
 */
final class Cost {

	private static final String INTRODUCTION = """
			Two clients with sample rates 0 and 1 take turns with values of 100 bytes, in turns of %d ms, %d of \
			them, after %d s of warm-up each. A ratio is the median of the rounds' ratios of the rate 1 to the rate \
			0. A second client with rate 0 in place of rate 1 shows the noise.""";

	private final EmbeddedRedisCluster cluster;

	private final HotKeysBenchmark.Options options;

	private final Turns turns;

	Cost(EmbeddedRedisCluster cluster, HotKeysBenchmark.Options options) {
		this.cluster = cluster;
		this.options = options;
		this.turns = new Turns(options.warmup(), options.duration(), options.rounds());
	}

	void measure(Report report) throws InterruptedException {
		report.heading(2, "Cost");
		report.paragraph(INTRODUCTION.formatted(this.turns.duration().toMillis(), this.turns.rounds(),
				this.turns.warmup().toSeconds()));
		try (BenchmarkClient unsampled = open(0);
				BenchmarkClient control = open(0);
				BenchmarkClient sampled = open(1)) {
			unsampled.setAll(Keys.population());
			Map<String, BenchmarkClient> clients = new LinkedHashMap<>();
			clients.put("rate 0", unsampled);
			clients.put("rate 0 again", control);
			clients.put("rate 1", sampled);
			Table table = new Table("call", "threads", "measure", "target", "measured", "noise");
			for (Workload workload : this.options.workloads()) {
				for (int threads : this.options.threads()) {
					report.progress("Cost, %s, %d threads".formatted(workload, threads));
					compare(this.turns.take(workload, threads, clients), workload, threads, table);
					table.row(workload, threads, "commands at Redis for each key", "<= 1.01",
							"%.4f".formatted(commandsForEachKey(workload, threads, sampled)), "");
				}
			}
			report.table(table);
		}
	}

	private BenchmarkClient open(double rate) {
		return TrackedClients.open(this.cluster, this.options, rate).asBenchmarkClient();
	}

	private static void compare(List<Series> results, Workload workload, int threads, Table table) {
		results.forEach((series) -> requireSuccess(series.client(), series.failure()));
		Series unsampled = results.get(0);
		Series control = results.get(1);
		Series sampled = results.get(2);
		table.row(workload, threads, "calls/s, ratio", ">= 0.97", ratio(sampled.ratioTo(unsampled)),
				ratio(control.ratioTo(unsampled)));
		table.row(workload, threads, "calls for each second of CPU, ratio", ">= 0.97",
				ratio(unsampled.cpuRatioTo(sampled)), ratio(unsampled.cpuRatioTo(control)));
		table.row(workload, threads, "p99, us", "(at rate 0: %s)".formatted(p99(unsampled)), p99(sampled),
				p99(control));
		table.row(workload, threads, "CPU, us", "(at rate 0: %.1f)".formatted(unsampled.cpuMicros()),
				"%.1f".formatted(sampled.cpuMicros()), "%.1f".formatted(control.cpuMicros()));
	}

	private double commandsForEachKey(Workload workload, int threads, BenchmarkClient client)
			throws InterruptedException {
		CommandCount count = new CommandCount(this.cluster);
		try (Load load = new Load(workload, threads)) {
			long before = count.now();
			Measurement measurement = load.run(client, this.options.counting());
			requireSuccess("rate 1", measurement.failure());
			double keys = measurement.latencies().getTotalCount() * (double) workload.size();
			return (count.now() - before) / keys;
		}
	}

	private static void requireSuccess(String client, @Nullable RuntimeException failure) {
		if (failure != null) {
			throw new IllegalStateException("A call failed at " + client, failure);
		}
	}

	private static String ratio(double ratio) {
		return "%.3f".formatted(ratio);
	}

	private static String p99(Series series) {
		return "%,.0f".formatted(series.percentileMicros(99));
	}

}
