package io.github.hotplate.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.request.RequestListener;
import io.github.hotplate.request.Route;
import io.github.hotplate.request.RouteStatistics;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Records how many commands requests send, by route, and removes its meters when closed.
 * As in {@link RouteStatistics}, a route begins with its first command, and beyond a
 * number of them all others are one. Thread-safe.
 */
public final class RequestMetrics implements RequestListener, AutoCloseable {

	private static final String OTHERS = "OTHER";

	private final MeterRegistry registry;

	private final MonitoringFailures failures;

	private final Map<Route, DistributionSummary> summaries = new ConcurrentHashMap<>();

	private volatile @Nullable DistributionSummary others;

	/**
	 * Create metrics of requests.
	 * @param registry where to register the meters
	 * @param failures counts the failures of the registry
	 */
	public RequestMetrics(MeterRegistry registry, MonitoringFailures failures) {
		this.registry = registry;
		this.failures = failures;
	}

	@Override
	public void requestEnded(Route route, RedisActivity activity) {
		long commands = activity.commands();
		DistributionSummary known = this.summaries.get(route);
		if (known == null && commands == 0) {
			return;
		}
		try {
			((known != null) ? known : create(route)).record(commands);
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.METRICS, ex);
		}
	}

	private synchronized DistributionSummary create(Route route) {
		if (this.summaries.size() < RouteStatistics.MAX_ROUTES) {
			return this.summaries.computeIfAbsent(route, (key) -> register(key.uri(), key.method()));
		}
		DistributionSummary summary = this.others;
		if (summary == null) {
			summary = register(OTHERS, OTHERS);
			this.others = summary;
		}
		return summary;
	}

	private DistributionSummary register(String uri, String method) {
		return DistributionSummary.builder(RedisMeter.COMMANDS_PER_REQUEST.meterName())
			.description(RedisMeter.COMMANDS_PER_REQUEST.description())
			.tag("method", method)
			.tag("uri", uri)
			.register(this.registry);
	}

	@Override
	public synchronized void close() {
		this.summaries.values().forEach(this.registry::remove);
		if (this.others != null) {
			this.registry.remove(this.others);
		}
	}

}
