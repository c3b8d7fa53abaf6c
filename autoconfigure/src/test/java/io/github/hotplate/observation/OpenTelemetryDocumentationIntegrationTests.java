package io.github.hotplate.observation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.client.Internals;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.documentation.Document;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that {@code docs/monitoring.md} says what the code does under OpenTelemetry's
 * names.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class OpenTelemetryDocumentationIntegrationTests {

	private static final Document DOCUMENT = Document.of("monitoring.md");

	private static EmbeddedRedisCluster cluster;

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private ClusterPool pool;

	@BeforeEach
	void recordEverything() {
		ClientConfig config = new ClientConfigReader(new MockEnvironment().withProperty("foo.url", cluster.url())
			.withProperty("foo.max_connections", "1")
			.withProperty("foo.timeout", "500ms")).read("foo.");
		this.pool = ClusterPoolFactory.create(config, List.of());
		new OpenTelemetryPoolMetrics(this.pool, this.registry);
		CommandMetrics metrics = CommandMetrics.openTelemetry(this.registry, new MonitoringFailures());
		CommandExecutorChain client = new CommandExecutorChain(Internals.router(this.pool),
				List.of(metrics.advice(CommandTags.of(config))));
		CommandObjects jedis = new CommandObjects();
		client.executeCommand(jedis.set("key", "value"));
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> client.executeCommand(jedis.lpush("key", "value")));
		try (Connection taken = Internals.borrow(this.pool)) {
			assertThat(taken.ping()).isTrue();
			assertThat(this.registry.get("db.client.connection.count")
				.tag("db.client.connection.state", "used")
				.gauge()
				.value()).isOne();
			assertThatExceptionOfType(ConnectionPoolExhaustedException.class)
				.isThrownBy(() -> client.executeCommand(jedis.get("key")));
		}
	}

	@AfterEach
	void closePool() {
		this.pool.close();
	}

	@Test
	void waitInVainIsCounted() {
		assertThat(this.registry.get("db.client.connection.timeouts").functionCounter().count()).isOne();
		assertThat(this.registry.get("db.client.operation.duration")
			.tag("error.type", ConnectionPoolExhaustedException.class.getName())
			.timer()
			.count()).isOne();
	}

	@Test
	void tableOfMetersIsRight() {
		assertThat(DOCUMENT.rows("| OpenTelemetry meter | Prometheus | kind | attributes | description |")
			.map(Documented::of)).containsExactlyInAnyOrderElementsOf(
					Arrays.stream(OpenTelemetryMeter.values()).map(this::recorded).toList());
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly(Arrays.stream(OpenTelemetryMeter.values())
				.map(OpenTelemetryMeter::meterName)
				.toArray(String[]::new));
	}

	@Test
	void tableOfAttributesHoldsEveryAttribute() {
		assertThat(
				DOCUMENT.rows("| OpenTelemetry attribute | of its meters |").map((row) -> Document.code(row[0]).get(0)))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(OpenTelemetryMeter.values())
				.flatMap((meter) -> recorded(meter).attributes().stream())
				.collect(Collectors.toSet()));
	}

	private Documented recorded(OpenTelemetryMeter meter) {
		Collection<Meter> meters = this.registry.get(meter.meterName()).meters();
		Meter.Type type = meters.iterator().next().getId().getType();
		return new Documented(meter.meterName(), prometheusName(meter), type.name().toLowerCase(Locale.ROOT),
				meters.stream()
					.flatMap((recorded) -> recorded.getId().getTags().stream())
					.map(Tag::getKey)
					.collect(Collectors.toSet()),
				meter.description());
	}

	private String prometheusName(OpenTelemetryMeter meter) {
		String scrape = this.registry.scrape();
		return scrape.lines()
			.filter((line) -> line.startsWith("# HELP ") && line.endsWith(" " + meter.description()))
			.map((line) -> line.split(" ")[2])
			.filter((name) -> !name.endsWith("_max") || meter == OpenTelemetryMeter.CONNECTION_MAX)
			.findFirst()
			.orElseThrow(() -> new AssertionError(scrape));
	}

	private record Documented(String name, String prometheus, String kind, Set<String> attributes, String description) {

		static Documented of(String[] row) {
			return new Documented(Document.code(row[0]).get(0), Document.code(row[1]).get(0), row[2],
					Set.copyOf(Document.code(row[3])), row[4]);
		}

	}

}
