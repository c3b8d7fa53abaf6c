package io.github.hotplate.observation;

import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.activity.ClientActivity;
import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.request.Route;
import io.github.hotplate.request.RouteStatistics;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RequestMetrics}.
 */
class RequestMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final MonitoringFailures failures = new MonitoringFailures();

	private final RequestMetrics metrics = new RequestMetrics(this.registry, this.failures);

	private final RedisActivity activity = RedisActivity.record(() -> {
		CommandObject<String> ping = new CommandObject<>(new CommandArguments(Command.PING), BuilderFactory.STRING);
		try (CallRecord call = CallRecord.start(ping, CommandSpecs.of(ping.getArguments()), () -> 0)) {
			call.end(null);
			new ClientActivity("foo", false).callEnded(call);
		}
	});

	@Test
	void recordsRouteFromItsFirstCommandOn() {
		this.metrics.requestEnded(route("/cart"), new RedisActivity());
		assertThat(this.registry.getMeters()).isEmpty();
		this.metrics.requestEnded(route("/cart"), this.activity);
		this.metrics.requestEnded(route("/cart"), new RedisActivity());
		assertThat(this.registry.get("redis.client.commands.per.request")
			.tags("uri", "/cart", "method", "GET")
			.summary()
			.mean()).isEqualTo(0.5);
	}

	@Test
	void routesBeyondBoundAreOne() {
		IntStream.range(0, RouteStatistics.MAX_ROUTES + 10)
			.forEach((i) -> this.metrics.requestEnded(route("/route" + i), this.activity));
		assertThat(this.registry.getMeters()).hasSize(RouteStatistics.MAX_ROUTES + 1);
		assertThat(this.registry.get("redis.client.commands.per.request")
			.tags("uri", "OTHER", "method", "OTHER")
			.summary()
			.count()).isEqualTo(10);
	}

	@Test
	void removesItsMeters() {
		this.metrics.requestEnded(route("/cart"), this.activity);
		this.metrics.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void failingRegistryIsCounted() {
		MeterRegistry failing = mock(MeterRegistry.class, (call) -> {
			throw new IllegalStateException("planted");
		});
		new RequestMetrics(failing, this.failures).requestEnded(route("/cart"), this.activity);
		assertThat(this.failures.count(Part.METRICS)).isEqualTo(1);
	}

	private static Route route(String uri) {
		return new Route("GET", uri, uri, null, null, null);
	}

}
