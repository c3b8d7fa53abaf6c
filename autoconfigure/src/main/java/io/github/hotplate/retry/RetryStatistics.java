package io.github.hotplate.retry;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.config.ClientConfig;

/**
 * Counts the retries of one client by their reason. Thread-safe.
 */
public final class RetryStatistics implements RetryListener {

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	@Override
	public void onRetry(ClientConfig client, CommandSpec command, String reason) {
		// Reasons are few: the error codes that are known to be worth a retry.
		this.counts.computeIfAbsent(reason, (key) -> new LongAdder()).increment();
	}

	/**
	 * Return the counts since the start or the last reset.
	 * @return the number of retries by reason, in alphabetical order
	 */
	public Map<String, Long> counts() {
		Map<String, Long> sorted = new TreeMap<>();
		this.counts.forEach((reason, count) -> sorted.put(reason, count.sum()));
		return sorted;
	}

	/**
	 * Start counting from zero.
	 */
	public void reset() {
		this.counts.clear();
	}

}
