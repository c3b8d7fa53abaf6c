package io.github.hotplate.benchmark.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.load.CallLog;
import io.github.hotplate.benchmark.load.LoadThread;
import io.github.hotplate.benchmark.load.RunningLoad;
import io.github.hotplate.benchmark.load.SlotOwners;
import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.Contender;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Moves all slots of a primary away and back under load, and reports what the callers
 * noticed.
 *
 * @since 0.1.0
 */
public final class MigrationBenchmark implements Benchmark<MigrationBenchmark.Options> {

	private static final String INTRODUCTION = """
			%d threads repeatedly SET a key and GET it, on %d keys of all slots each. After %d s undisturbed, all \
			slots of one primary move to another and back, slot by slot, evenly over %d s. "Throughput" compares the \
			calls per second during the migration with those before.""";

	private static final int KEYS_PER_THREAD = 500;

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws InterruptedException {
		report.heading(1, "Slot migration under load");
		report.paragraph(INTRODUCTION.formatted(options.threads(), KEYS_PER_THREAD, options.before().toSeconds(),
				options.duration().toSeconds()));
		Table table = new Table("client", "calls", "failed", "hanging", "wrong", "longest call, ms", "throughput");
		for (Contender contender : options.clients()) {
			report.progress(contender.toString());
			run(contender, options, table, report);
		}
		report.table(table);
	}

	private static void run(Contender contender, Options options, Table table, Report report)
			throws InterruptedException {
		try (EmbeddedRedisCluster cluster = start();
				BenchmarkClient client = contender
					.open(new ClusterAccess(cluster.url(), options.connectionsPerNode()))) {
			List<LoadThread> threads = IntStream.range(0, options.threads())
				.mapToObj(
						(number) -> new LoadThread(client, SlotOwners.keys("thread:" + number + ":", KEYS_PER_THREAD)))
				.toList();
			List<Long> marks = new ArrayList<>();
			int hanging;
			try (RunningLoad load = new RunningLoad(threads)) {
				// What comes before is warm-up.
				Thread.sleep(options.before().toMillis());
				marks.add(System.nanoTime());
				Thread.sleep(options.before().toMillis());
				marks.add(System.nanoTime());
				new RoundTrip(cluster, SlotOwners.of(cluster)).move(options.duration());
				marks.add(System.nanoTime());
				hanging = load.stop();
			}
			double ratio = rate(threads, marks.get(1), marks.get(2)) / rate(threads, marks.get(0), marks.get(1));
			table.row(contender, sum(threads, CallLog::calls), sum(threads, CallLog::failures), hanging,
					threads.stream().mapToInt(LoadThread::wrong).sum(),
					TimeUnit.NANOSECONDS
						.toMillis(threads.stream().mapToLong((thread) -> thread.log().longest()).max().orElse(0)),
					"%.0f %%".formatted(100 * ratio));
			threads.stream()
				.map(LoadThread::failure)
				.filter(Objects::nonNull)
				.map(Object::toString)
				.distinct()
				.limit(2)
				.forEach((failure) -> report.progress("%s: %s".formatted(contender, failure)));
		}
	}

	private static EmbeddedRedisCluster start() {
		// A primary that has lost its last slot would become a replica.
		return EmbeddedRedisCluster.builder().option("cluster-allow-replica-migration", "no").start();
	}

	private static long sum(List<LoadThread> threads, ToLongFunction<CallLog> value) {
		return threads.stream().map(LoadThread::log).mapToLong(value).sum();
	}

	private static double rate(List<LoadThread> threads, long from, long to) {
		return sum(threads, (log) -> log.successesBetween(from, to)) / (double) (to - from);
	}

	/**
	 * Which clients to disturb, and for how long.
	 *
	 * @param clients the clients
	 * @param threads the number of threads
	 * @param before how long the load runs to warm up, and once more to compare with
	 * @param duration how long the slots take to move away and back
	 * @param connectionsPerNode the most connections to each node
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("hotplate,jedis,stock,lettuce,redisson") List<Contender> clients,
			@DefaultValue("8") int threads, @DefaultValue("5s") Duration before, @DefaultValue("60s") Duration duration,
			@DefaultValue("32") int connectionsPerNode) {

	}

}
