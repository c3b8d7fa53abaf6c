package io.github.hotplate.observation;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.activity.RecordingAdvice;
import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.client.Internals;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.documentation.Document;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.hotkey.HotKeyTrackerFactory;
import io.github.hotplate.hotkey.KeyAccess;
import io.github.hotplate.request.Route;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests that {@code docs/monitoring.md} says what the code does.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class MonitoringDocumentationIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static final Document DOCUMENT = Document.of("monitoring.md");

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final SimpleTracer tracer = new SimpleTracer();

	private final CommandObject<?> get = command(new CommandArguments(Command.GET));

	private ClusterPool pool;

	@BeforeEach
	void recordEverything() {
		ClientConfig config = new ClientConfigReader(
				new MockEnvironment().withProperty("foo.url", cluster.url()).withProperty("foo.hot_keys.tag_top", "1"))
			.read("foo.");
		CommandExecutor redis = mock();
		CommandExecutor client = new CommandExecutorChain(redis,
				List.of(new RecordingAdvice("foo", List.of(), new MonitoringFailures()),
						new TracingAdvice(new ObservedClient("foo", 0, "redis.example", 7000),
								new BaseplateSpanConvention(), this.tracer),
						new CommandMetrics(this.registry).advice(CommandTags.of(config))));
		client.executeCommand(this.get);
		recordScript(redis, client);
		client.executeCommand(command(new CommandArguments(Command.CONFIG).add("get")));
		client.executeCommand(new PipelineCommand("", List.of(this.get)));
		client.executeCommand(new PipelineCommand("warm-up", List.of(this.get, this.get)));
		given(redis.executeCommand(this.get)).willThrow(new JedisDataException("WRONGTYPE Operation"));
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> client.executeCommand(this.get));
		recordSplit();
		new RetryMetrics(this.registry).onRetry(config, CommandSpecs.of(this.get.getArguments()), "timeout");
		new MonitoringMetrics(new MonitoringFailures(), this.registry);
		this.pool = ClusterPoolFactory.create(config, List.of());
		new PoolMetrics(this.pool, this.registry);
		new NodeMetrics(this.pool, this.registry, new MonitoringFailures());
		new SubscriptionMetrics(this.pool, this.registry);
		new TopologyMetrics(this.pool, this.registry);
		new RedirectionMetrics(this.registry, new MonitoringFailures()).listenerFor(config);
		recordRequest();
		recordPenaltyBox();
		recordHotKey(new HotKeyTrackerFactory().create(config, Internals.dedicatedConnections(this.pool), null,
				new MonitoringFailures()));
	}

	private static void recordScript(CommandExecutor redis, CommandExecutor client) {
		PipelineCommand script = new PipelineCommand("",
				List.of(command(new CommandArguments(Command.EVAL).add("return 1").add(0))));
		given(redis.executeCommand(script)).willAnswer((call) -> {
			CallRecord.usesNode(new HostAndPort("127.0.0.1", 7000));
			return List.of();
		});
		client.executeCommand(script);
	}

	private void recordHotKey(HotKeyTracker tracker) {
		new HotKeyMetrics(tracker, this.registry).onHotKeys(tracker, KeyAccess.READS,
				List.of(new HotKey("key", 0.5, 1, 0, "node", 0.5, Instant.EPOCH, Instant.EPOCH)));
	}

	private void recordRequest() {
		RedisActivity activity = RedisActivity.record(() -> this.pool.createTemplate().hasKey("key"));
		new RequestMetrics(this.registry, new MonitoringFailures())
			.requestEnded(new Route("GET", "/cart/{id}", "/cart/{id}", null, null, null), activity);
	}

	private void recordPenaltyBox() {
		MockEnvironment shards = new MockEnvironment().withProperty("bar.url", cluster.url())
			.withProperty("bar.mode", "sharded");
		try (ClusterPool sharded = ClusterPoolFactory.fromConfig(shards, "bar.")) {
			new NodeMetrics(sharded, this.registry, new MonitoringFailures());
		}
	}

	private void recordSplit() {
		Span span = this.tracer.nextSpan().name("foo.GET").start();
		try (Tracer.SpanInScope scope = this.tracer.withSpan(span)) {
			new SplitAttributes(this.tracer).onSplit(CommandSpecs.of(this.get.getArguments()), 3, 2);
		}
		finally {
			span.end();
		}
	}

	@AfterEach
	void closePool() {
		this.pool.close();
	}

	@Test
	void tableOfMetersIsRight() {
		assertThat(DOCUMENT.rows("| meter | Prometheus | kind | tags | HELP |").map(Documented::of))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(RedisMeter.values()).map(this::recorded).toList());
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly(Arrays.stream(RedisMeter.values()).map(RedisMeter::meterName).toArray(String[]::new));
	}

	private Documented recorded(RedisMeter meter) {
		Collection<Meter> meters = this.registry.get(meter.meterName()).meters();
		Meter.Type type = meters.iterator().next().getId().getType();
		return new Documented(meter.meterName(), prometheusName(meter), type.name().toLowerCase(Locale.ROOT),
				meters.stream()
					.flatMap((recorded) -> recorded.getId().getTags().stream())
					.map(Tag::getKey)
					.collect(Collectors.toSet()),
				meter.description());
	}

	private String prometheusName(RedisMeter meter) {
		return this.registry.scrape()
			.lines()
			.filter((line) -> line.startsWith("# HELP ") && line.endsWith(" " + meter.description()))
			.map((line) -> line.split(" ")[2])
			.min(Comparator.comparingInt(String::length))
			.orElseThrow();
	}

	@Test
	void tableOfTagsHoldsEveryTag() {
		assertThat(DOCUMENT.rows("| tag | value |").map((row) -> Document.code(row[0]).get(0)))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(RedisMeter.values())
				.flatMap((meter) -> recorded(meter).tags().stream())
				.collect(Collectors.toSet()));
	}

	@Test
	void tableOfSpansHoldsEveryName() {
		Set<String> recorded = this.tracer.getSpans().stream().map(SimpleSpan::getName).collect(Collectors.toSet());
		assertThat(DOCUMENT.rows("| span | of |").map((row) -> Document.code(row[0]).get(0))).isSubsetOf(recorded);
		assertThat(recorded).isSubsetOf(Document.code(DOCUMENT.text()));
	}

	@Test
	void tableOfAttributesHoldsEveryAttribute() {
		assertThat(DOCUMENT.rows("| attribute | value |").map((row) -> Document.code(row[0]).get(0)))
			.containsExactlyInAnyOrderElementsOf(this.tracer.getSpans()
				.stream()
				.flatMap((span) -> span.getTags().keySet().stream())
				.collect(Collectors.toSet()));
	}

	private static CommandObject<?> command(CommandArguments arguments) {
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

	private record Documented(String name, String prometheus, String kind, Set<String> tags, String help) {

		static Documented of(String[] row) {
			return new Documented(Document.code(row[0]).get(0), Document.code(row[1]).get(0), row[2],
					Set.copyOf(Document.code(row[3])), row[4]);
		}

	}

}
