package io.github.hotplate.benchmark.hotkey;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.peer.HotplateClient;
import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Lets another key become hot, and waits until it leads the report.
 */
final class Change {

	private static final String INTRODUCTION = """
			%d threads GET one hot key in every tenth call, and else one of %,d keys. After %d s another key \
			takes the place of the hot one, and the report is read every %d ms until it leads.""";

	private static final String OLD = "hot:old";

	private static final String NEW = "hot:new";

	private static final long POLL_MILLIS = 50;

	private static final long PATIENCE_SECONDS = 60;

	private final EmbeddedRedisCluster cluster;

	private final HotKeysBenchmark.Options options;

	Change(EmbeddedRedisCluster cluster, HotKeysBenchmark.Options options) {
		this.cluster = cluster;
		this.options = options;
	}

	void measure(Report report) throws InterruptedException {
		report.heading(2, "Change");
		report.paragraph(INTRODUCTION.formatted(SkewedLoad.THREADS, this.options.keys(),
				this.options.before().toSeconds(), POLL_MILLIS));
		Table table = new Table("sample rate", "GET/s", "the new hot key leads", "measured");
		for (double rate : this.options.rates()) {
			report.progress("Change, sample rate %s".formatted(rate));
			measure(rate, table);
		}
		report.table(table);
	}

	private void measure(double rate, Table table) throws InterruptedException {
		try (HotplateClient client = TrackedClients.open(this.cluster, this.options, rate);
				SkewedLoad load = new SkewedLoad(client.asBenchmarkClient(), this.options.keys(), OLD)) {
			long begin = System.nanoTime();
			Thread.sleep(this.options.before().toMillis());
			requireLeader(client.hotKeys());
			double seconds = secondsUntilNewKeyLeads(client.hotKeys(), load);
			double callsPerSecond = load.calls() * 1e9 / (System.nanoTime() - begin);
			table.row(rate, "%,.0f".formatted(callsPerSecond), "within 5 s",
					(seconds < PATIENCE_SECONDS) ? "after %.2f s".formatted(seconds) : "not within a minute");
		}
	}

	private static void requireLeader(HotKeyTracker tracker) {
		if (!leads(tracker, OLD)) {
			throw new IllegalStateException("The first hot key did not lead");
		}
	}

	private static double secondsUntilNewKeyLeads(HotKeyTracker tracker, SkewedLoad load) throws InterruptedException {
		load.heat(NEW);
		long begin = System.nanoTime();
		long patience = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		while (!leads(tracker, NEW) && System.nanoTime() - begin < patience) {
			Thread.sleep(POLL_MILLIS);
		}
		return (System.nanoTime() - begin) / 1e9;
	}

	private static boolean leads(HotKeyTracker tracker, String key) {
		List<HotKey> now = tracker.report(1).reads().now();
		return !now.isEmpty() && now.get(0).key().equals(key);
	}

}
