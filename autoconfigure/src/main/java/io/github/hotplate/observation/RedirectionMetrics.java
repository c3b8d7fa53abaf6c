package io.github.hotplate.observation;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.CallListener;
import io.github.hotplate.activity.CallListenerFactory;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Counts the redirections that the commands of clusters follow, and removes its counters
 * when closed. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RedirectionMetrics implements CallListenerFactory, AutoCloseable {

	private final MeterRegistry registry;

	private final MonitoringFailures failures;

	private final Set<Meter> meters = ConcurrentHashMap.newKeySet();

	/**
	 * Create metrics of redirections.
	 * @param registry where to register the counters
	 * @param failures counts rejections by the registry
	 */
	public RedirectionMetrics(MeterRegistry registry, MonitoringFailures failures) {
		this.registry = registry;
		this.failures = failures;
	}

	@Override
	public @Nullable CallListener listenerFor(ClientConfig config) {
		if (config.mode() != ClientMode.CLUSTER) {
			return null;
		}
		try {
			Redirections redirections = new Redirections();
			this.meters.addAll(List.of(register(config, "moved", redirections.moved),
					register(config, "ask", redirections.asked)));
			return redirections;
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.METRICS, ex);
			return null;
		}
	}

	private Meter register(ClientConfig config, String kind, LongAdder count) {
		return FunctionCounter.builder(RedisMeter.REDIRECTIONS.meterName(), count, LongAdder::sum)
			.description(RedisMeter.REDIRECTIONS.description())
			.tags("kind", kind, "redis_pool", config.name())
			.register(this.registry);
	}

	@Override
	public void close() {
		this.meters.forEach(this.registry::remove);
	}

	private static final class Redirections implements CallListener {

		private final LongAdder moved = new LongAdder();

		private final LongAdder asked = new LongAdder();

		@Override
		public void callEnded(CallRecord call) {
			if (call.moved() > 0) {
				this.moved.add(call.moved());
			}
			if (call.asked() > 0) {
				this.asked.add(call.asked());
			}
		}

	}

}
