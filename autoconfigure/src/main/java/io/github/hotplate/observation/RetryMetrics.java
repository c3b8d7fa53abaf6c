package io.github.hotplate.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.github.hotplate.activity.CommandLabels;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.retry.RetryListener;

/**
 * Counts retries by their reason, and removes its counters when closed. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RetryMetrics implements RetryListener, AutoCloseable {

	private final MeterRegistry registry;

	private final CommandLabels labels;

	private final Set<Counter> counters = ConcurrentHashMap.newKeySet();

	/**
	 * Create metrics of retries.
	 * @param registry where to register the counters
	 */
	public RetryMetrics(MeterRegistry registry) {
		this(registry, CommandLabels.SHARED);
	}

	RetryMetrics(MeterRegistry registry, CommandLabels labels) {
		this.registry = registry;
		this.labels = labels;
	}

	@Override
	public void onRetry(ClientConfig client, CommandSpec command, String reason) {
		Counter counter = Counter.builder(RedisMeter.RETRIES.meterName())
			.description(RedisMeter.RETRIES.description())
			.tags(CommandTags.of(client).of(this.labels.limit(command).label()))
			.tag("reason", reason)
			.register(this.registry);
		this.counters.add(counter);
		counter.increment();
	}

	@Override
	public void close() {
		this.counters.forEach(this.registry::remove);
	}

}
