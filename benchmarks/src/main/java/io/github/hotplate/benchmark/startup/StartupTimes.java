package io.github.hotplate.benchmark.startup;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How long a start took.
 *
 * @param context milliseconds until the application context was ready
 * @param reply milliseconds until the first reply of Redis
 */
record StartupTimes(double context, double reply) {

	private static final Pattern TEXT = Pattern.compile("StartupTimes\\[context=([0-9.]+), reply=([0-9.]+)]");

	static StartupTimes of(long contextNanos, long replyNanos) {
		return new StartupTimes(millis(contextNanos), millis(replyNanos));
	}

	private static double millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000.0;
	}

	/**
	 * Find the times in the output of an application.
	 * @param output what the application printed
	 * @return the times
	 */
	static StartupTimes parse(List<String> output) {
		MatchResult times = TEXT.matcher(String.join("\n", output))
			.results()
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("The application did not start: " + output));
		return new StartupTimes(Double.parseDouble(times.group(1)), Double.parseDouble(times.group(2)));
	}

}
