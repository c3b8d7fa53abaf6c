package io.github.hotplate.benchmark.sentinel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.load.CallLog;
import io.github.hotplate.benchmark.load.Failures;
import io.github.hotplate.benchmark.load.LoadThread;

/**
 * Has Sentinels promote a replica under load, and reports what the callers noticed.
 *
 * @since 0.1.0
 */
public final class SentinelFailoverBenchmark implements Benchmark<SentinelFailoverBenchmark.Options> {

	private static final String INTRODUCTION = """
			%d threads repeatedly SET a key and GET it, and %d threads INCR one counter each. After %d s the primary \
			of two replicas and three Sentinels suffers the disruption in the heading; down-after-milliseconds is \
			%d. %d s after the promotion the old primary returns, and the load continues until the Sentinels have \
			made it a replica. Each run has its own servers. A call is retryable unless it is an INCR with a lost \
			reply. "INCR that ran twice" is the excess of a counter over its acknowledged calls and those with a \
			lost reply. An INCR went to the old primary if it was acknowledged but the new one has not run it. Calls \
			from before the new primary was in use are lost by Redis itself, which replicates after it has answered; \
			later calls are the client's fault. A healthy old primary keeps answering. The client asks the promoted \
			replica itself, so it uses the new primary before the Sentinels announce it: they check the replica once \
			a second.""";

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws InterruptedException {
		report.heading(1, "Failover behind Sentinels under load");
		report.paragraph(INTRODUCTION.formatted(options.threads(), options.counters(), options.before().toSeconds(),
				options.downAfter().toMillis(), options.after().toSeconds()));
		for (Trouble trouble : options.troubles()) {
			report.heading(2, trouble.toString());
			report.progress(trouble.toString());
			Outcome outcome = new SentinelRun(trouble, options).run();
			Failures.examples(outcome.tasks()).forEach(report::progress);
			report.table(table(outcome));
		}
	}

	private static Table table(Outcome outcome) {
		Succession succession = outcome.succession();
		return new Table("what", "target", "measured").row("calls", "", outcome.sum(CallLog::calls))
			.row("retryable calls that failed", 0, outcome.failedRetryable())
			.row("threads that hang", 0, outcome.hanging())
			.row("from the disruption to the promotion, ms", "", millis(succession.promoted() - succession.struck()))
			.row("from the promotion to the first success, ms", "<= 300", millis(outcome.firstSuccessNanos()))
			.row("from the promotion to the first command on the new primary, ms", "",
					millis(succession.used() - succession.promoted()))
			.row("longest call, ms", "", millis(outcome.longestCallNanos()))
			.row("INCR that ran twice", 0, outcome.twice())
			.row("INCR whose reply was lost, and that were not retried", "", outcome.ambiguous())
			.row("INCR acknowledged by the old primary when the new one was in use", 0, outcome.lostAfterwards())
			.row("INCR acknowledged by the old primary before, not replicated", "", outcome.lostBefore())
			.row("SET acknowledged, other value found", "",
					outcome.threads().stream().mapToInt(LoadThread::wrong).sum());
	}

	private static long millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos);
	}

	/**
	 * Which trouble to make.
	 *
	 * @param troubles what happens
	 * @param threads the number of threads that SET and GET
	 * @param counters the number of threads that INCR
	 * @param downAfter Sentinel's {@code down-after-milliseconds}
	 * @param before how long the load runs before anything happens
	 * @param after how long it runs after the promotion without the old primary
	 * @param maxConnections the most connections to each node
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("kill,pause,failover") List<Trouble> troubles, @DefaultValue("8") int threads,
			@DefaultValue("8") int counters, @DefaultValue("1s") Duration downAfter,
			@DefaultValue("4s") Duration before, @DefaultValue("4s") Duration after,
			@DefaultValue("32") int maxConnections) {

	}

}
