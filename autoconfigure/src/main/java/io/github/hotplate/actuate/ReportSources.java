package io.github.hotplate.actuate;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.SlowCalls;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.ConfigEntry;
import io.github.hotplate.request.RouteStatistics;

/**
 * Where {@link RedisClientsEndpoint} has its figures from.
 *
 * @param pools gives the pools of all clients
 * @param slowCalls gives the slow calls of all clients
 * @param routes gives the statistics of routes, {@code null} if there are none
 * @param configuration gives the configuration of a client by its name
 * @since 0.1.0
 */
public record ReportSources(Supplier<List<ClusterPool>> pools, Supplier<List<SlowCalls>> slowCalls,
		Supplier<@Nullable RouteStatistics> routes, Function<String, List<ConfigEntry>> configuration) {

	/**
	 * How many routes are shown.
	 */
	static final int ROUTES = 20;

	@Nullable ClusterPool pool(String client) {
		return this.pools.get().stream().filter((pool) -> client.equals(pool.name())).findFirst().orElse(null);
	}

	@Nullable SlowCalls slowCalls(String client) {
		return this.slowCalls.get().stream().filter((calls) -> client.equals(calls.client())).findFirst().orElse(null);
	}

}
