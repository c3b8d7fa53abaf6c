package io.github.hotplate.benchmark.hotkey;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.stream.Stream;

import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.peer.HotplateClient;
import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyReport;
import io.github.hotplate.hotkey.HotKeyReport.AccessReport;
import io.github.hotplate.hotkey.KeyAccess;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Compares the keys that a client reports with those that it has read.
 */
final class Accuracy {

	private static final String INTRODUCTION = """
			A client reads %,d times, in pipelines, from %,d keys: with a probability of 1 / rank (Zipf), and with \
			equal probability (uniform). The true top %d are the keys that were actually read most. "Told" is the \
			greatest share reported to a listener, and so to alerts and metrics.""";

	private static final int TOP = 10;

	private final EmbeddedRedisCluster cluster;

	private final HotKeysBenchmark.Options options;

	private final Table table = new Table("sample rate", "load", "measure", "target", "measured");

	Accuracy(EmbeddedRedisCluster cluster, HotKeysBenchmark.Options options) {
		this.cluster = cluster;
		this.options = options;
	}

	void measure(Report report) throws InterruptedException {
		report.heading(2, "Accuracy");
		report.paragraph(INTRODUCTION.formatted(this.options.operations(), this.options.keys(), TOP));
		Draws zipf = Draws.zipf(this.options.keys(), this.options.operations(), this.options.seed());
		Draws uniform = Draws.uniform(this.options.keys(), this.options.operations(), this.options.seed());
		for (double rate : this.options.rates()) {
			report.progress("Accuracy, sample rate %s".formatted(rate));
			findHotKeys(rate, zipf);
			findNone(rate, uniform);
		}
		report.table(this.table);
	}

	private void findHotKeys(double rate, Draws draws) throws InterruptedException {
		forgetSortedSet();
		List<String> truth = draws.top(TOP);
		String target = (rate == 1) ? "10 of 10, in order" : "9 of 10";
		try (HotplateClient client = TrackedClients.open(this.cluster, this.options, rate)) {
			long begin = System.nanoTime();
			draws.readAll(client.asBenchmarkClient());
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
			HotKeyReport report = client.hotKeys().report(TOP);
			this.table.row(rate, "Zipf", "top in the report", target, agreement(truth, names(report.reads())));
			this.table.row(rate, "Zipf", "keys sampled, samples dropped, reads/s", "",
					"%,d, %,d, %,d".formatted(report.reads().sampledKeys(), report.droppedSamples(),
							this.options.operations() * 1_000L / Math.max(1, millis)));
		}
		this.table.row(rate, "Zipf", "top in the sorted set", target, agreement(truth, sortedSet()));
	}

	private static List<String> names(AccessReport reads) {
		return reads.sinceReset().stream().map(HotKey::key).toList();
	}

	private static String agreement(List<String> truth, List<String> found) {
		String order = found.equals(truth) ? ", in order" : ", not in order";
		return "%d of %d%s".formatted(found.stream().filter(truth::contains).count(), truth.size(), order);
	}

	private void findNone(double rate, Draws draws) throws InterruptedException {
		try (HotplateClient client = TrackedClients.open(this.cluster, this.options, rate)) {
			DoubleAccumulator told = new DoubleAccumulator(Math::max, 0);
			client.hotKeys()
				.addListener((tracker, access, hottest) -> hottest.forEach((key) -> told.accumulate(key.share())));
			draws.readAll(client.asBenchmarkClient());
			AccessReport reads = client.hotKeys().report(TOP).reads();
			double greatest = Stream.of(reads.now(), reads.sinceReset())
				.flatMap(List::stream)
				.mapToDouble(HotKey::share)
				.max()
				.orElse(0);
			this.table.row(rate, "uniform", "greatest share in the report", "< 1 %", percent(greatest));
			this.table.row(rate, "uniform", "greatest share told", "< 1 %", percent(told.get()));
		}
	}

	private static String percent(double share) {
		return "%.2f %%".formatted(100 * share);
	}

	private void forgetSortedSet() {
		String set = KeyAccess.READS.sortedSet();
		this.cluster.primaryOf(set).execute("DEL", set);
	}

	private List<String> sortedSet() {
		String set = KeyAccess.READS.sortedSet();
		Object reply = this.cluster.primaryOf(set).execute("ZREVRANGE", set, "0", Integer.toString(TOP - 1));
		return ((List<?>) Objects.requireNonNull(reply)).stream().map(Object::toString).toList();
	}

}
