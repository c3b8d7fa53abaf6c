package io.github.hotplate.benchmark.lostreply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Median;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.Contender;

/**
 * Counts, through a proxy that loses replies, how often INCR is executed twice.
 *
 * @since 0.1.0
 */
public final class LostReplyBenchmark implements Benchmark<LostReplyBenchmark.Options> {

	private static final String INTRODUCTION = """
			One thread calls INCR %,d times through a proxy that closes the connection in place of every %dth reply, \
			when Redis has run the command. "Twice" is the excess of the counter over the number of calls. \
			"Reported" is the time until a call with a lost reply returned, in milliseconds.""";

	private static final String KEY = "counter";

	private static final int CONNECTIONS_PER_NODE = 8;

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws IOException, InterruptedException {
		report.heading(1, "Lost replies");
		report.paragraph(INTRODUCTION.formatted(options.calls(), options.every()));
		Table table = new Table("client", "succeeded", "failed", "replies lost", "twice", "reported, median",
				"reported, longest");
		for (Contender contender : options.clients()) {
			run(contender.toString(), contender, "false", options, table, report);
		}
		if (options.clients().contains(Contender.HOTPLATE)) {
			run("Hotplate, non_idempotent: true", Contender.HOTPLATE, "true", options, table, report);
		}
		report.table(table);
	}

	private static void run(String label, Contender contender, String nonIdempotent, Options options, Table table,
			Report report) throws IOException, InterruptedException {
		report.progress(label);
		try (LossyCluster cluster = new LossyCluster(options.every());
				BenchmarkClient client = contender.open(new ClusterAccess(cluster.url(), CONNECTIONS_PER_NODE)
					.withHotplate("retry.non_idempotent", nonIdempotent))) {
			List<Long> reported = new ArrayList<>();
			int failed = 0;
			for (int call = 0; call < options.calls(); call++) {
				int lost = cluster.lost();
				long begin = System.nanoTime();
				try {
					client.increment(KEY);
				}
				catch (RuntimeException ex) {
					failed++;
				}
				if (cluster.lost() > lost) {
					reported.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
				}
			}
			long twice = Long.parseLong(String.valueOf(client.get(KEY))) - options.calls();
			table.row(label, options.calls() - failed, failed, cluster.lost(), twice,
					"%.0f".formatted(Median.of(reported)),
					reported.stream().mapToLong(Long::longValue).max().orElse(0));
		}
	}

	/**
	 * Which clients to try.
	 *
	 * @param clients the clients
	 * @param calls the number of calls
	 * @param every which replies to lose: every tenth with 10
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("hotplate,jedis,stock,lettuce,redisson") List<Contender> clients,
			@DefaultValue("1000") int calls, @DefaultValue("10") int every) {

	}

}
