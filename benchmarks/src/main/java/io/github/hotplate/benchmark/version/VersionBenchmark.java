package io.github.hotplate.benchmark.version;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Machine;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.turns.Keys;
import io.github.hotplate.benchmark.turns.Series;
import io.github.hotplate.benchmark.turns.Turns;
import io.github.hotplate.benchmark.turns.Workload;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Compares this version with a former one on the same cluster in the same virtual
 * machine, each in a class loader of its own, in turns so short that what disturbs one
 * disturbs both.
 *
 * @since 0.1.0
 */
public final class VersionBenchmark implements Benchmark<VersionBenchmark.Options> {

	private static final int CALLS = 20_000;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws InterruptedException {
		Assert.state(options.baseline() != null && options.baseline().isFile(),
				"Name the jar of the former version: --baseline=hotplate-spring-boot-autoconfigure-VERSION.jar");
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().start();
				IsolatedVersion former = start(options.baseline(), options, cluster);
				IsolatedVersion current = start(null, options, cluster)) {
			current.setAll(Keys.population());
			report.heading(1, "This version and a former one");
			report.paragraph("After %d s of warm-up each, the versions take turns of %d ms, %d of them. %s.".formatted(
					options.warmup().toSeconds(), options.duration().toMillis(), options.rounds(),
					Machine.describe(cluster.nodes().get(0))));
			Map<String, IsolatedVersion> versions = new LinkedHashMap<>();
			versions.put("former", former);
			versions.put("current", current);
			Table table = new Table("call", "threads", "former calls/s", "current calls/s", "ratio", "former CPU us",
					"current CPU us");
			for (Workload workload : options.workloads()) {
				for (int threads : options.threads()) {
					report.progress("%s, %d threads".formatted(workload, threads));
					compare(workload, threads, versions, options, table);
				}
			}
			report.table(table);
			allocations(versions, report);
		}
	}

	private static IsolatedVersion start(File jar, Options options, EmbeddedRedisCluster cluster) {
		return IsolatedVersion.start(jar, cluster.url(), options.connectionsPerNode());
	}

	private static void compare(Workload workload, int threads, Map<String, IsolatedVersion> versions, Options options,
			Table table) throws InterruptedException {
		List<Series> series = new Turns(options.warmup(), options.duration(), options.rounds()).take(workload, threads,
				versions);
		Series former = series.get(0);
		Series current = series.get(1);
		table.row(workload.toString(), String.valueOf(threads), "%,.0f".formatted(former.callsPerSecond()),
				"%,.0f".formatted(current.callsPerSecond()), "%.3f".formatted(current.ratioTo(former)),
				"%,.1f".formatted(former.cpuMicros()), "%,.1f".formatted(current.cpuMicros()));
	}

	private static void allocations(Map<String, IsolatedVersion> versions, Report report) {
		Table table = new Table("version", "bytes allocated per GET");
		versions.forEach((name, version) -> {
			String key = Keys.population().keySet().iterator().next();
			for (int i = 0; i < CALLS; i++) {
				version.get(key);
			}
			long before = THREADS.getCurrentThreadAllocatedBytes();
			for (int i = 0; i < CALLS; i++) {
				version.get(key);
			}
			table.row(name, "%,d".formatted((THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS));
		});
		report.table(table);
	}

	/**
	 * What to compare, and how thoroughly.
	 *
	 * @param baseline the jar of the former version's auto-configuration module
	 * @param workloads the kinds of calls, {@code get} and {@code set}
	 * @param threads numbers of threads
	 * @param warmup how long each version warms up for each kind of call
	 * @param duration how long a turn takes
	 * @param rounds how many turns each version takes
	 * @param connectionsPerNode the most connections to each node
	 * @since 0.1.0
	 */
	public record Options(File baseline, @DefaultValue("get,set") List<Workload> workloads,
			@DefaultValue("1,8") List<Integer> threads, @DefaultValue("5s") Duration warmup,
			@DefaultValue("250ms") Duration duration, @DefaultValue("41") int rounds,
			@DefaultValue("32") int connectionsPerNode) {

	}

}
