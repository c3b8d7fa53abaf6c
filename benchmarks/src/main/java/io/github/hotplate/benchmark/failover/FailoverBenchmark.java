package io.github.hotplate.benchmark.failover;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.load.CallLog;
import io.github.hotplate.benchmark.load.Failures;
import io.github.hotplate.benchmark.peer.Contender;

/**
 * Lets primaries fail under load, and reports what the callers noticed.
 *
 * @since 0.1.0
 */
public final class FailoverBenchmark implements Benchmark<FailoverBenchmark.Options> {

	private static final String INTRODUCTION = """
			%d threads, each bound to the slots of one primary, repeatedly SET a key and GET it. After %d s a \
			primary suffers the disruption in the heading; cluster-node-timeout is %d ms, \
			cluster-require-full-coverage %s. Each run has its own cluster. All times are in milliseconds. "Outage" \
			lasts until the replica itself reports that it is a primary; "first" is the time from then to the first \
			success on its slots, "all" to the first success of each thread there. "Refused" is how long Redis \
			itself refused every slot, and "others" the throughput of threads on the other primaries during the rest \
			of the outage, compared with before. "Lost" counts values that were written and then not found, because \
			the primary crashed before it replicated them.""";

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws InterruptedException {
		report.heading(1, "Failover under load");
		report.paragraph(INTRODUCTION.formatted(options.threads(), options.before().toSeconds(),
				options.nodeTimeout().toMillis(), options.fullCoverage() ? "yes" : "no"));
		for (Trouble trouble : options.troubles()) {
			Table table = new Table("client", "calls", "failed", "hanging", "lost", "longest call", "outage", "first",
					"all", "refused", "others");
			report.heading(2, trouble.toString());
			for (Contender contender : options.clients()) {
				report.progress("%s: %s".formatted(trouble, contender));
				Outcome outcome = new FailoverRun(contender, trouble, options).run();
				addRow(table, contender, outcome);
				Failures.examples(outcome.threads())
					.forEach((failure) -> report.progress("%s: %s".formatted(contender, failure)));
			}
			report.table(table);
		}
	}

	private static void addRow(Table table, Contender contender, Outcome outcome) {
		table.row(contender, outcome.sum(CallLog::calls), outcome.sum(CallLog::failures), outcome.hanging(),
				outcome.wrong(), millis(outcome.longestCallNanos()), millis(outcome.worst(Outage::nanos)),
				millis(outcome.worst(Outage::firstSuccessNanos)), millis(outcome.worst(Outage::allBackNanos)),
				millis(outcome.downNanos()), "%.0f %%".formatted(100 * outcome.othersThroughput()));
	}

	private static String millis(long nanos) {
		return (nanos != Outage.NEVER) ? String.valueOf(TimeUnit.NANOSECONDS.toMillis(nanos)) : "never";
	}

	/**
	 * Which clients to get into which trouble.
	 *
	 * @param clients the clients
	 * @param troubles what happens
	 * @param threads the number of threads
	 * @param nodeTimeout Redis' {@code cluster-node-timeout}
	 * @param fullCoverage Redis' {@code cluster-require-full-coverage}
	 * @param before how long the load runs before anything happens
	 * @param after how long it runs after the promotion
	 * @param connectionsPerNode the most connections to each node
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("hotplate,jedis,stock,lettuce,redisson") List<Contender> clients,
			@DefaultValue("kill-primary,kill-seed,kill-two,failover,pause") List<Trouble> troubles,
			@DefaultValue("8") int threads, @DefaultValue("2s") Duration nodeTimeout,
			@DefaultValue("true") boolean fullCoverage, @DefaultValue("4s") Duration before,
			@DefaultValue("8s") Duration after, @DefaultValue("32") int connectionsPerNode) {

	}

}
