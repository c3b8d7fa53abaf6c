package io.github.hotplate.actuate;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.hotplate.activity.SlowCalls;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.request.RouteStatistics;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.NodeStatus;

/**
 * The endpoint {@code redisclients}: shows how each client is doing, has it learn its
 * topology again, and resets its statistics. It changes nothing unless
 * {@code management.endpoint.redisclients.access} allows it.
 *
 * @since 0.1.0
 * @see RedisClientsWebExtension
 */
@Endpoint(id = "redisclients", defaultAccess = Access.READ_ONLY)
public final class RedisClientsEndpoint {

	/**
	 * A refresh takes milliseconds, and longer only while nodes do not answer.
	 */
	private static final Duration REFRESH_PATIENCE = Duration.ofSeconds(2);

	private final ReportSources sources;

	private final ClientReports reports;

	private final Show showValues;

	/**
	 * Create the endpoint.
	 * @param sources where the figures are from
	 * @param functions the application's sanitizing functions, in their order
	 * @param showValues whether to show secrets; authorization is up to the web extension
	 * @param failures is told when a sanitizing function fails
	 */
	public RedisClientsEndpoint(ReportSources sources, Iterable<SanitizingFunction> functions, Show showValues,
			MonitoringFailures failures) {
		this.sources = sources;
		this.reports = new ClientReports(new ClientConfiguration(sources.configuration(), functions, failures));
		this.showValues = showValues;
	}

	/**
	 * Show all clients.
	 * @return their reports, and the routes that use them most
	 */
	@ReadOperation
	public ClientsReport clients() {
		return clients(showsValues());
	}

	ClientsReport clients(boolean showValues) {
		Map<String, ClientReport> clients = new TreeMap<>(Comparator.naturalOrder());
		// All nodes of all clients at once, or dead ones of several would add up.
		Map<ClusterPool, CompletableFuture<Map<Node, NodeStatus>>> answers = new LinkedHashMap<>();
		this.sources.pools().get().forEach((pool) -> answers.put(pool, ClientReports.ask(pool)));
		answers.forEach((pool, answer) -> clients.put(pool.name(), report(pool, answer.join(), showValues)));
		RouteStatistics routes = this.sources.routes().get();
		return new ClientsReport(clients, (routes != null) ? routes.worst(ReportSources.ROUTES) : null);
	}

	/**
	 * Show one client.
	 * @param client the name of the client
	 * @return its report
	 */
	@ReadOperation
	public ClientReport client(@Selector String client) {
		return known(client, find(client, showsValues()));
	}

	@Nullable ClientReport find(String client, boolean showValues) {
		ClusterPool pool = this.sources.pool(client);
		return (pool != null) ? report(pool, showValues) : null;
	}

	/**
	 * Have one client learn its topology again, and wait for that for 2 seconds at most.
	 * @param client the name of the client
	 * @return its report afterwards
	 */
	@WriteOperation
	public ClientReport refresh(@Selector String client) {
		return known(client, refresh(client, showsValues()));
	}

	@Nullable ClientReport refresh(String client, boolean showValues) {
		ClusterPool pool = this.sources.pool(client);
		if (pool == null) {
			return null;
		}
		pool.refreshTopology(REFRESH_PATIENCE);
		return report(pool, showValues);
	}

	/**
	 * Have the figures of all clients and routes count from zero.
	 */
	@DeleteOperation
	public void reset() {
		this.sources.pools().get().forEach(this::reset);
		RouteStatistics routes = this.sources.routes().get();
		if (routes != null) {
			routes.reset();
		}
	}

	/**
	 * Have the figures of one client count from zero.
	 * @param client the name of the client
	 */
	@DeleteOperation(produces = { UnknownClient.ACTUATOR_JSON, UnknownClient.JSON })
	public void resetClient(@Selector String client) {
		known(client, tryReset(client) ? client : null);
	}

	boolean tryReset(String client) {
		ClusterPool pool = this.sources.pool(client);
		if (pool != null) {
			reset(pool);
		}
		return pool != null;
	}

	private void reset(ClusterPool pool) {
		pool.resetStatistics();
		SlowCalls slowCalls = this.sources.slowCalls(pool.name());
		if (slowCalls != null) {
			slowCalls.reset();
		}
	}

	private ClientReport report(ClusterPool pool, boolean showValues) {
		return report(pool, ClientReports.ask(pool).join(), showValues);
	}

	private ClientReport report(ClusterPool pool, Map<Node, NodeStatus> answers, boolean showValues) {
		SlowCalls slowCalls = this.sources.slowCalls(pool.name());
		return this.reports.of(pool, answers, showValues, (slowCalls != null) ? slowCalls.list() : null);
	}

	private boolean showsValues() {
		return this.showValues.isShown(true);
	}

	private static <T> T known(String client, @Nullable T result) {
		if (result == null) {
			throw UnknownClient.failure(client);
		}
		return result;
	}

}
