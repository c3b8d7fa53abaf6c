package io.github.hotplate.benchmark.diagnosis;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Machine;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.turns.Keys;
import io.github.hotplate.benchmark.turns.Series;
import io.github.hotplate.benchmark.turns.Turns;
import io.github.hotplate.benchmark.turns.Workload;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Compares a GET with more and more of the diagnosis switched on: clients in one virtual
 * machine take turns so short that what disturbs one disturbs all.
 *
 * @since 0.1.0
 */
public final class DiagnosisBenchmark implements Benchmark<DiagnosisBenchmark.Options> {

	private static final String INTRODUCTION = """
			GET of values of 100 bytes. After %d ms of warm-up each, %d clients take turns of %d ms, %d of them. A ratio \
			is the median of the rounds' ratios to the client with nothing, which does not even record its calls; a \
			second client with nothing shows the noise. Requests are simulated: ten GETs each, counted by an activity \
			that is opened again for every GET, which no servlet application does. The recording is of the event \
			`io.github.hotplate.Command` alone. \
			%s.""";

	private static final String TARGETS = "Targets: all switched off, nothing measurable; switched on, at most 2 %.";

	private static final int ALLOCATING_CALLS = 20_000;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws InterruptedException {
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().replicasPerPrimary(0).start()) {
			Map<Stage, BenchmarkClient> clients = new EnumMap<>(Stage.class);
			try {
				ClusterAccess access = new ClusterAccess(cluster.url(), options.connectionsPerNode());
				for (Stage stage : Stage.values()) {
					clients.put(stage, stage.open(access));
				}
				clients.get(Stage.NOTHING).setAll(Keys.population());
				report.heading(1, "Diagnosis");
				report.paragraph(INTRODUCTION.formatted(options.warmup().toMillis(), clients.size(),
						options.duration().toMillis(), options.rounds(), Machine.describe(cluster.nodes().get(0))));
				report.paragraph(TARGETS);
				for (int threads : options.threads()) {
					compare(threads, clients, options, report);
				}
			}
			finally {
				clients.values().forEach(BenchmarkClient::close);
			}
		}
	}

	private static void compare(int threads, Map<Stage, BenchmarkClient> clients, Options options, Report report)
			throws InterruptedException {
		report.progress("%d threads".formatted(threads));
		List<Series> series = new Turns(options.warmup(), options.duration(), options.rounds()).take(Workload.GET,
				threads, clients);
		Series nothing = series.get(0);
		Table table = new Table("%d threads".formatted(threads), "GET/s", "ratio", "CPU us", "CPU ratio", "p99 us",
				"bytes per GET");
		for (Stage stage : Stage.values()) {
			Series measured = series.get(stage.ordinal());
			if (measured.failure() != null) {
				throw new IllegalStateException("A call failed: " + stage, measured.failure());
			}
			table.row(stage, "%,.0f".formatted(measured.callsPerSecond()), "%.3f".formatted(measured.ratioTo(nothing)),
					"%.1f".formatted(measured.cpuMicros()), "%.3f".formatted(measured.cpuRatioTo(nothing)),
					"%,.0f".formatted(measured.percentileMicros(99)), "%,d".formatted(bytes(clients.get(stage))));
		}
		report.table(table);
	}

	private static long bytes(BenchmarkClient client) {
		String key = Keys.population().keySet().iterator().next();
		client.beforeTurn();
		try {
			read(client, key);
			long before = THREADS.getCurrentThreadAllocatedBytes();
			read(client, key);
			return (THREADS.getCurrentThreadAllocatedBytes() - before) / ALLOCATING_CALLS;
		}
		finally {
			client.afterTurn();
		}
	}

	private static void read(BenchmarkClient client, String key) {
		for (int i = 0; i < ALLOCATING_CALLS; i++) {
			client.get(key);
		}
	}

	/**
	 * How thoroughly to compare.
	 *
	 * @param threads numbers of threads
	 * @param warmup how long each client warms up
	 * @param duration how long a turn takes
	 * @param rounds how many turns each client takes
	 * @param connectionsPerNode the most connections to each node
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("1,8") List<Integer> threads, @DefaultValue("2s") Duration warmup,
			@DefaultValue("200ms") Duration duration, @DefaultValue("31") int rounds,
			@DefaultValue("32") int connectionsPerNode) {

	}

}
