package io.github.hotplate.benchmark.pool;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.HotplateClient;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Lets many threads compete for few connections.
 *
 * @since 0.1.0
 */
public final class PoolBenchmark implements Benchmark<PoolBenchmark.Options> {

	private static final String INTRODUCTION = """
			%d threads make single calls, pipelines and cross-slot reads of 20 keys, and pops that block for \
			up to a second, for %d s, with `max_connections: %d` in total and a `timeout` of 30 s. The \
			connections are counted with CLIENT LIST on all nodes.""";

	private static final int LAST_CALL_SECONDS = 30;

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws InterruptedException {
		report.heading(1, "Few connections, many threads");
		report.paragraph(
				INTRODUCTION.formatted(options.threads(), options.duration().toSeconds(), options.maxConnections()));
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().start();
				HotplateClient client = HotplateClient.open(access(cluster, options));
				ConnectionCensus census = new ConnectionCensus(cluster.nodes())) {
			long end = System.nanoTime() + options.duration().toNanos();
			List<Competitor> competitors = IntStream.range(0, options.threads())
				.mapToObj((number) -> new Competitor(client.template(), number, end))
				.toList();
			int hanging = Competitor.runAll(competitors, Duration.ofSeconds(LAST_CALL_SECONDS));
			report.table(new Table("calls", "failed", "longest call, ms", "threads hanging", "most connections open",
					"counts", "in use afterwards", "idle afterwards")
				.row(competitors.stream().mapToLong(Competitor::calls).sum(),
						competitors.stream().mapToLong(Competitor::failures).sum(),
						competitors.stream().mapToLong(Competitor::longestMillis).max().orElse(0), hanging,
						census.mostAtOnce(), census.counts(), client.pool().totalUsage().active(),
						client.pool().totalUsage().idle()));
			competitors.stream()
				.flatMap((competitor) -> competitor.failure().stream())
				.map(Object::toString)
				.distinct()
				.limit(5)
				.forEach(report::progress);
		}
	}

	private static ClusterAccess access(EmbeddedRedisCluster cluster, Options options) {
		return new ClusterAccess(cluster.url(), options.maxConnections())
			.withHotplate("max_connections_per_node", "false")
			.withHotplate("timeout", "30 seconds");
	}

	/**
	 * How many threads compete for how much.
	 *
	 * @param threads the number of threads
	 * @param maxConnections the most connections, over all nodes
	 * @param duration for how long
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("256") int threads, @DefaultValue("8") int maxConnections,
			@DefaultValue("30s") Duration duration) {

	}

}
