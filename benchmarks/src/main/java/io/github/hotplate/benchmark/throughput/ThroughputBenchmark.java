package io.github.hotplate.benchmark.throughput;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Machine;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.Contender;
import io.github.hotplate.benchmark.turns.Keys;
import io.github.hotplate.benchmark.turns.Series;
import io.github.hotplate.benchmark.turns.Turns;
import io.github.hotplate.benchmark.turns.Workload;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Compares clients on the same cluster in the same virtual machine, in turns so short
 * that what disturbs one disturbs all.
 *
 * @since 0.1.0
 */
public final class ThroughputBenchmark implements Benchmark<ThroughputBenchmark.Options> {

	private static final String INTRODUCTION = """
			Values have 100 bytes; keys are spread over all slots, and every value read is checked. After %d s of \
			warm-up each, the clients take turns of %d ms, %d of them, in changing order. Calls/s is the median of \
			the rounds, the ratio is the median of the rounds' ratios to the best other client, and CPU is the \
			client's CPU time per call. Clients with a pool have %d connections to each node. %s.""";

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws InterruptedException {
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().start()) {
			Map<Contender, BenchmarkClient> clients = open(options, cluster);
			try {
				clients.values().iterator().next().setAll(Keys.population());
				introduce(options, report, cluster);
				for (Workload workload : options.workloads()) {
					for (int threads : options.threads()) {
						compare(workload, threads, clients, options, report);
					}
				}
			}
			finally {
				clients.values().forEach(BenchmarkClient::close);
			}
		}
	}

	private static Map<Contender, BenchmarkClient> open(Options options, EmbeddedRedisCluster cluster) {
		ClusterAccess access = new ClusterAccess(cluster.url(), options.connectionsPerNode());
		Map<Contender, BenchmarkClient> clients = new EnumMap<>(Contender.class);
		options.clients().forEach((contender) -> clients.put(contender, contender.open(access)));
		return clients;
	}

	private static void introduce(Options options, Report report, EmbeddedRedisCluster cluster) {
		report.heading(1, "Throughput, side by side");
		report.paragraph(INTRODUCTION.formatted(options.warmup().toSeconds(), options.duration().toMillis(),
				options.rounds(), options.connectionsPerNode(), Machine.describe(cluster.nodes().get(0))));
	}

	private static void compare(Workload workload, int threads, Map<Contender, BenchmarkClient> clients,
			Options options, Report report) throws InterruptedException {
		report.progress("%s, %d threads".formatted(workload, threads));
		List<Series> results = new Turns(options.warmup(), options.duration(), options.rounds()).take(workload, threads,
				clients);
		report.heading(2, "%s, %d thread%s".formatted(workload, threads, (threads > 1) ? "s" : ""));
		report.table(table(results));
		results.forEach((series) -> explain(series, report));
	}

	private static Table table(List<Series> results) {
		Table table = new Table("client", "calls/s", "to best other", "p50 us", "p99 us", "CPU us");
		for (Series series : results) {
			if (series.callsPerSecond() == 0) {
				table.row(series.client(), "fails", "", "", "", "");
				continue;
			}
			String ratio = bestOther(series, results).map((other) -> "%.2f".formatted(series.ratioTo(other)))
				.orElse("");
			table.row(series.client(), "%,.0f".formatted(series.callsPerSecond()), ratio,
					"%,.0f".formatted(series.percentileMicros(50)), "%,.0f".formatted(series.percentileMicros(99)),
					"%,.1f".formatted(series.cpuMicros()));
		}
		return table;
	}

	private static Optional<Series> bestOther(Series series, List<Series> results) {
		return results.stream()
			.filter((other) -> other != series && other.callsPerSecond() > 0)
			.max(Comparator.comparingDouble(Series::callsPerSecond));
	}

	private static void explain(Series series, Report report) {
		@Nullable RuntimeException failure = series.failure();
		if (failure != null) {
			report.paragraph("%s: `%s`".formatted(series.client(), failure));
		}
	}

	/**
	 * What to compare, and how thoroughly.
	 *
	 * @param clients the clients
	 * @param workloads the kinds of calls
	 * @param threads numbers of threads
	 * @param warmup how long each client warms up for each kind of call
	 * @param duration how long a turn takes
	 * @param rounds how many turns each client takes
	 * @param connectionsPerNode the most connections to each node
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("hotplate,jedis,stock,lettuce,redisson") List<Contender> clients,
			@DefaultValue("get,set,mget-10,mget-100,mget-1000,mset-100,del-100,pipeline-100") List<Workload> workloads,
			@DefaultValue("1,8") List<Integer> threads, @DefaultValue("2s") Duration warmup,
			@DefaultValue("250ms") Duration duration, @DefaultValue("21") int rounds,
			@DefaultValue("32") int connectionsPerNode) {

	}

}
