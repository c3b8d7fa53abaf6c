package io.github.hotplate.request;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The routes whose requests send commands to Redis, since the start of the application or
 * the last reset. A route counts from its first request with a command on. Beyond
 * {@value #MAX_ROUTES} of them, all others are one. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RouteStatistics {

	/**
	 * The greatest number of routes that are told apart.
	 */
	public static final int MAX_ROUTES = 500;

	private static final Route OTHERS = new Route("", "", "", null, null, null);

	private static final Comparator<RouteUsage> WORST_FIRST = Comparator.comparingDouble(RouteUsage::meanCommands)
		.thenComparingDouble(RouteUsage::meanMillis)
		.thenComparingLong(RouteUsage::requests)
		.reversed()
		.thenComparing(RouteUsage::route)
		.thenComparing(RouteUsage::handler);

	private final Map<Route, Totals> routes = new ConcurrentHashMap<>();

	/**
	 * Return the routes with the most commands per request.
	 * @param limit the greatest number of routes to return
	 * @return the worst routes, those with the highest mean first
	 */
	public List<RouteUsage> worst(int limit) {
		return this.routes.entrySet()
			.stream()
			.map((entry) -> entry.getValue().usage(entry.getKey()))
			.flatMap(Stream::ofNullable)
			.sorted(WORST_FIRST)
			.limit(limit)
			.toList();
	}

	/**
	 * Forget all routes.
	 */
	public void reset() {
		this.routes.clear();
	}

	void add(Route route, long commands, long repeatedReads, long nanos, Supplier<List<String>> remedies) {
		Totals totals = this.routes.get(route);
		if (totals == null && commands == 0) {
			return;
		}
		((totals != null) ? totals : create(route)).add(commands, repeatedReads, nanos, remedies);
	}

	private synchronized Totals create(Route route) {
		Route counted = (this.routes.size() < MAX_ROUTES) ? route : OTHERS;
		return this.routes.computeIfAbsent(counted, (key) -> new Totals());
	}

	private static final class Totals {

		private final LongAdder requests = new LongAdder();

		private final LongAdder commands = new LongAdder();

		private final LongAdder repeatedReads = new LongAdder();

		private final LongAdder nanos = new LongAdder();

		private volatile long mostCommands;

		private @Nullable String remedy;

		void add(long commands, long repeatedReads, long nanos, Supplier<List<String>> remedies) {
			this.requests.increment();
			this.commands.add(commands);
			this.repeatedReads.add(repeatedReads);
			this.nanos.add(nanos);
			if (commands > this.mostCommands) {
				exceed(commands, String.join("; ", remedies.get()));
			}
		}

		private synchronized void exceed(long commands, String remedy) {
			if (commands > this.mostCommands) {
				this.mostCommands = commands;
				this.remedy = remedy.isEmpty() ? null : remedy;
			}
		}

		synchronized @Nullable RouteUsage usage(Route route) {
			long requests = this.requests.sum();
			if (requests == 0) {
				return null;
			}
			return new RouteUsage(OTHERS.equals(route) ? "others" : route.name(), route.handler(), requests,
					(double) this.commands.sum() / requests, this.mostCommands, this.repeatedReads.sum(),
					(double) this.nanos.sum() / requests / TimeUnit.MILLISECONDS.toNanos(1), this.remedy);
		}

	}

}
