package io.github.hotplate.sample.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import org.springframework.stereotype.Component;

/**
 * Reads what the client's meters say about each command, exactly as Prometheus would.
 */
@Component
class CommandMeters {

	private final MeterRegistry registry;

	CommandMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	Map<String, CommandTotals> read() {
		Map<String, CommandTotals> commands = new TreeMap<>();
		for (Timer timer : this.registry.find("redis.client.latency").tagKeys("redis_command").timers()) {
			commands.merge(command(timer), totals(timer), CommandTotals::plus);
		}
		return commands;
	}

	private static String command(Timer timer) {
		String command = timer.getId().getTag("redis_command");
		return (command != null) ? command : "";
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
