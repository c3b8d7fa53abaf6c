package io.github.hotplate.sample.dashboard;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The commands of the last minutes as the page draws them. Latencies are in milliseconds,
 * and null where there was no command.
 *
 * @param samples one for each second, oldest first
 * @param commands every command ever sent, with its figures of the last seconds
 */
record Traffic(List<Sample> samples, List<Command> commands) {

	/**
	 * One second of traffic.
	 *
	 * @param time when it ended, in milliseconds since the epoch
	 * @param rates commands a second by name
	 * @param errors failed commands a second
	 * @param p50 median latency
	 * @param p99 latency that one command in a hundred exceeded
	 * @param retries retries by their reason
	 * @param refreshes how often the topology was learned, by the reason
	 */
	record Sample(long time, Map<String, Double> rates, double errors, @Nullable Double p50, @Nullable Double p99,
			Map<String, Long> retries, Map<String, Long> refreshes) {

	}

	/**
	 * A line of the table of commands.
	 *
	 * @param name the command's name
	 * @param rate times a second, lately
	 * @param count times since the start
	 * @param errors failures since the start
	 * @param mean mean latency, lately
	 * @param p99 latency that one in a hundred exceeded, lately
	 */
	record Command(String name, double rate, long count, long errors, @Nullable Double mean, @Nullable Double p99) {

	}

}
