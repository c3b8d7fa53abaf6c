package io.github.hotplate.benchmark.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Machine;
import io.github.hotplate.benchmark.harness.Median;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Starts the same application with Hotplate and with Spring Boot's own client, by turns.
 *
 * @since 0.1.0
 */
public final class StartupBenchmark implements Benchmark<StartupBenchmark.Options> {

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws IOException, InterruptedException {
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().start()) {
			report.heading(1, "Starting an application");
			report.paragraph("""
					One application without a web server, with metrics in a Prometheus registry, is started with one \
					client of Hotplate and with Spring Boot's own Redis client (`client-type: jedis`, \
					`cluster.nodes`), by turns, against the same cluster. "Context" is `SpringApplication.run`; \
					"first reply" goes on until a GET has been answered. %s."""
				.formatted(Machine.describe(cluster.nodes().get(0))));
			report.heading(2, "A new virtual machine for each start");
			compare(report, options.runs(), (variant) -> fork(variant, cluster.url()));
			report.heading(2, "Start after start in one virtual machine");
			compare(report, options.refreshes(),
					(variant) -> StartupApplication.start(variant.arguments(cluster.url()).toArray(String[]::new)));
		}
	}

	private static void compare(Report report, int runs, Starter starter) throws IOException, InterruptedException {
		Map<Variant, List<StartupTimes>> times = new EnumMap<>(Variant.class);
		for (int run = 0; run <= runs; run++) {
			for (Variant variant : Variant.values()) {
				StartupTimes current = starter.start(variant);
				// The first of each fills caches, the file system's among them.
				if (run > 0) {
					times.computeIfAbsent(variant, (key) -> new ArrayList<>()).add(current);
				}
				report.progress(variant + " " + current);
			}
		}
		Table table = new Table("ms, median of " + runs + " (least, most)", "Hotplate", "stock", "difference");
		addRow(table, "context", times, StartupTimes::context);
		addRow(table, "first reply", times, StartupTimes::reply);
		report.table(table);
	}

	private static void addRow(Table table, String name, Map<Variant, List<StartupTimes>> times,
			ToDoubleFunction<StartupTimes> part) {
		List<Double> hotplate = parts(times, Variant.HOTPLATE, part);
		List<Double> stock = parts(times, Variant.STOCK, part);
		table.row(name, describe(hotplate), describe(stock), "%+.0f".formatted(Median.of(hotplate) - Median.of(stock)));
	}

	private static List<Double> parts(Map<Variant, List<StartupTimes>> times, Variant variant,
			ToDoubleFunction<StartupTimes> part) {
		return times.getOrDefault(variant, List.of()).stream().mapToDouble(part).sorted().boxed().toList();
	}

	private static String describe(List<Double> sorted) {
		return "%.0f (%.0f, %.0f)".formatted(Median.of(sorted), sorted.get(0), sorted.get(sorted.size() - 1));
	}

	private static StartupTimes fork(Variant variant, String url) throws IOException, InterruptedException {
		List<String> command = Stream
			.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
					variant.classPath(), StartupApplication.class.getName()), variant.arguments(url).stream())
			.toList();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (BufferedReader output = process.inputReader()) {
			StartupTimes times = StartupTimes.parse(output.lines().toList());
			process.waitFor();
			return times;
		}
	}

	/**
	 * How often to start.
	 *
	 * @param runs the number of virtual machines for each client
	 * @param refreshes the number of starts in one virtual machine for each client
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("11") int runs, @DefaultValue("20") int refreshes) {

	}

	/**
	 * Starts the application.
	 */
	@FunctionalInterface
	private interface Starter {

		StartupTimes start(Variant variant) throws IOException, InterruptedException;

	}

}
