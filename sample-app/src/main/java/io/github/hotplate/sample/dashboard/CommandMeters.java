package io.github.hotplate.sample.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import org.springframework.stereotype.Component;

/**
 * Reads what the client's meters say about each command, exactly as Prometheus would.
 */
@Component
class CommandMeters {

	private static final String COMMAND = "redis_command";

	private static final String REASON = "reason";

	private final MeterRegistry registry;

	CommandMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	Map<String, CommandTotals> read() {
		Map<String, CommandTotals> commands = new TreeMap<>();
		for (Timer timer : this.registry.find("redis.client.latency").tagKeys(COMMAND).timers()) {
			commands.merge(tag(timer, COMMAND), totals(timer), CommandTotals::plus);
		}
		return commands;
	}

	/**
	 * Return how often commands were retried.
	 * @return the number of retries since the start, by reason
	 */
	Map<String, Long> retries() {
		Map<String, Long> retries = new TreeMap<>();
		for (Counter counter : this.registry.find("redis.client.retries").tagKeys(REASON).counters()) {
			retries.merge(tag(counter, REASON), (long) counter.count(), Long::sum);
		}
		return retries;
	}

	private static String tag(Meter meter, String name) {
		String value = meter.getId().getTag(name);
		return (value != null) ? value : "";
	}

	private static CommandTotals totals(Timer timer) {
		HistogramSnapshot snapshot = timer.takeSnapshot();
		List<LatencyHistogram.Bucket> buckets = Arrays.stream(snapshot.histogramCounts())
			.filter((bucket) -> Double.isFinite(bucket.bucket()))
			.map((bucket) -> new LatencyHistogram.Bucket(bucket.bucket(TimeUnit.SECONDS), (long) bucket.count()))
			.toList();
		boolean failed = "false".equals(timer.getId().getTag("redis_success"));
		return new CommandTotals(failed ? snapshot.count() : 0,
				new LatencyHistogram(snapshot.count(), snapshot.total(TimeUnit.SECONDS), buckets));
	}

}
