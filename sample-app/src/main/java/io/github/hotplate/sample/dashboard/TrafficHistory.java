package io.github.hotplate.sample.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Remembers the meters of the last minutes, second by second, so that a page just opened
 * has something to show. Thread-safe.
 */
@Component
class TrafficHistory {

	private static final int SAMPLES = 180;

	private static final int SAMPLES_OF_TABLE = 10;

	private final CommandMeters meters;

	private final TopologyRefreshes refreshes;

	private final Clock clock;

	private final Deque<Reading> readings = new ArrayDeque<>();

	TrafficHistory(CommandMeters meters, TopologyRefreshes refreshes, Clock clock) {
		this.meters = meters;
		this.refreshes = refreshes;
		this.clock = clock;
	}

	@Scheduled(fixedRateString = "1s")
	void record() {
		Reading reading = new Reading(this.clock.instant(), this.meters.read(), this.meters.retries(),
				this.refreshes.read());
		synchronized (this.readings) {
			this.readings.addLast(reading);
			// n samples lie between n + 1 readings.
			if (this.readings.size() > SAMPLES + 1) {
				this.readings.removeFirst();
			}
		}
	}

	/**
	 * Return what happened after a point in time.
	 * @param time milliseconds since the epoch
	 * @return the samples since then, and the table of commands
	 */
	Traffic since(long time) {
		List<Reading> history;
		synchronized (this.readings) {
			history = List.copyOf(this.readings);
		}
		List<Traffic.Sample> samples = new ArrayList<>();
		for (int i = 1; i < history.size(); i++) {
			if (history.get(i).time.toEpochMilli() > time) {
				samples.add(history.get(i).sampleSince(history.get(i - 1)));
			}
		}
		if (history.isEmpty()) {
			return new Traffic(samples, List.of());
		}
		Reading first = history.get(Math.max(0, history.size() - 1 - SAMPLES_OF_TABLE));
		return new Traffic(samples, history.get(history.size() - 1).commandsSince(first));
	}

	private static @Nullable Double millis(@Nullable Double seconds) {
		return (seconds != null) ? seconds * 1000 : null;
	}

	private record Reading(Instant time, Map<String, CommandTotals> commands, Map<String, Long> retries,
			Map<String, Long> refreshes) {

		Traffic.Sample sampleSince(Reading earlier) {
			double seconds = secondsSince(earlier);
			Map<String, Double> rates = new TreeMap<>();
			CommandTotals all = CommandTotals.NONE;
			for (String name : this.commands.keySet()) {
				CommandTotals totals = totalsSince(earlier, name);
				rates.put(name, totals.latency().count() / seconds);
				all = all.plus(totals);
			}
			return new Traffic.Sample(this.time.toEpochMilli(), rates, all.errors() / seconds,
					millis(all.latency().quantile(0.5)), millis(all.latency().quantile(0.99)),
					difference(this.retries, earlier.retries), difference(this.refreshes, earlier.refreshes));
		}

		List<Traffic.Command> commandsSince(Reading earlier) {
			double seconds = secondsSince(earlier);
			return this.commands.entrySet().stream().map((entry) -> {
				LatencyHistogram recent = totalsSince(earlier, entry.getKey()).latency();
				return new Traffic.Command(entry.getKey(), recent.count() / seconds, entry.getValue().latency().count(),
						entry.getValue().errors(), millis(recent.mean()), millis(recent.quantile(0.99)));
			}).toList();
		}

		private CommandTotals totalsSince(Reading earlier, String name) {
			return this.commands.getOrDefault(name, CommandTotals.NONE)
				.minus(earlier.commands.getOrDefault(name, CommandTotals.NONE));
		}

		private static Map<String, Long> difference(Map<String, Long> later, Map<String, Long> earlier) {
			Map<String, Long> difference = new TreeMap<>();
			later.forEach((reason, count) -> {
				long more = count - earlier.getOrDefault(reason, 0L);
				if (more > 0) {
					difference.put(reason, more);
				}
			});
			return difference;
		}

		private double secondsSince(Reading earlier) {
			// A first reading has no earlier one; any length gives the rate of nothing.
			return Math.max(Duration.between(earlier.time, this.time).toMillis(), 1) / 1000.0;
		}

	}

}
