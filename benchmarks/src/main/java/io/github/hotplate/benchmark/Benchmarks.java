package io.github.hotplate.benchmark;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import io.github.hotplate.benchmark.diagnosis.DiagnosisBenchmark;
import io.github.hotplate.benchmark.failover.FailoverBenchmark;
import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.BenchmarkRunner;
import io.github.hotplate.benchmark.hotkey.HotKeysBenchmark;
import io.github.hotplate.benchmark.lostreply.LostReplyBenchmark;
import io.github.hotplate.benchmark.migration.MigrationBenchmark;
import io.github.hotplate.benchmark.pool.PoolBenchmark;
import io.github.hotplate.benchmark.sentinel.SentinelFailoverBenchmark;
import io.github.hotplate.benchmark.sharding.ShardedFailoverBenchmark;
import io.github.hotplate.benchmark.startup.StartupBenchmark;
import io.github.hotplate.benchmark.throughput.ThroughputBenchmark;
import io.github.hotplate.benchmark.version.VersionBenchmark;

/**
 * Runs one benchmark: its name is the first argument, its options follow as
 * {@code --option=value}.
 *
 * @since 0.1.0
 */
public final class Benchmarks {

	private static final Map<String, Benchmark<?>> BY_NAME = new TreeMap<>(Map.ofEntries(
			Map.entry("startup", new StartupBenchmark()), Map.entry("throughput", new ThroughputBenchmark()),
			Map.entry("failover", new FailoverBenchmark()), Map.entry("migration", new MigrationBenchmark()),
			Map.entry("lost-replies", new LostReplyBenchmark()), Map.entry("pool", new PoolBenchmark()),
			Map.entry("hotkeys", new HotKeysBenchmark()), Map.entry("diagnosis", new DiagnosisBenchmark()),
			Map.entry("sentinel-failover", new SentinelFailoverBenchmark()),
			Map.entry("sharded-failover", new ShardedFailoverBenchmark()),
			Map.entry("versions", new VersionBenchmark())));

	private Benchmarks() {
	}

	/**
	 * Run a benchmark.
	 * @param args the name of the benchmark and its options
	 * @throws Exception if it cannot be run
	 */
	public static void main(String[] args) throws Exception {
		Benchmark<?> benchmark = (args.length > 0) ? BY_NAME.get(args[0]) : null;
		if (benchmark == null) {
			throw new IllegalArgumentException("Name one of the benchmarks " + BY_NAME.keySet() + " as first argument");
		}
		BenchmarkRunner.run(benchmark, Arrays.copyOfRange(args, 1, args.length));
	}

}
