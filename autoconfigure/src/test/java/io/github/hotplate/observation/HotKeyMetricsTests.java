package io.github.hotplate.observation;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.hotkey.HotKeyTrackerFactory;
import io.github.hotplate.hotkey.KeyAccess;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HotKeyMetrics}.
 */
class HotKeyMetricsTests {

	private static final String HOTTEST = "redis.client.hot.key.share";

	private static final String NODES = "redis.client.hot.key.node.share";

	private static final String TOP = "redis.client.top.key.share";

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void shareIsUnknownBeforeAnythingWasSampled() {
		metrics("0");
		assertThat(hottest()).isNaN();
	}

	@Test
	void shareIsThatOfTheHottestKey() {
		HotKeyMetrics metrics = metrics("0");
		look(metrics, key("a", 0.5), key("b", 0.25));
		assertThat(hottest()).isEqualTo(0.5);
		look(metrics);
		assertThat(hottest()).isNaN();
	}

	@Test
	void namesAreNoTagsUnlessTheyMayBe() {
		look(metrics("0"), key("secret", 0.5));
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.noneMatch((tag) -> tag.getValue().equals("secret"));
	}

	@Test
	void hottestKeysAreTagsWhereTheyMayBe() {
		HotKeyMetrics metrics = metrics("2");
		look(metrics, key("a", 0.5), key("b", 0.25), key("c", 0.1));
		assertThat(top()).containsExactlyInAnyOrder("a 0.5", "b 0.25");
		look(metrics, key("c", 0.7), key("a", 0.2));
		assertThat(top()).containsExactlyInAnyOrder("c 0.7", "a 0.2");
	}

	@Test
	void shareOfEachNodeIsThatOfItsHottestKey() {
		HotKeyMetrics metrics = metrics("0");
		look(metrics, key("a", "left", 0.4), key("b", "right", 0.7), key("c", "left", 0.6), key("d", "left", null),
				key("e", null, null));
		assertThat(nodes()).containsExactlyInAnyOrder("left 0.6", "right 0.7");
		look(metrics, key("b", "right", 0.2));
		assertThat(nodes()).containsExactly("right 0.2");
	}

	@Test
	void closeRemovesMeters() {
		HotKeyMetrics metrics = metrics("2");
		look(metrics, key("a", 0.5));
		metrics.close();
		look(metrics, key("b", 0.5));
		assertThat(this.registry.getMeters()).isEmpty();
	}

	private double hottest() {
		return this.registry.get(HOTTEST).tags("client", "foo", "access", "reads").gauge().value();
	}

	private Stream<String> top() {
		return this.registry.find(TOP).gauges().stream().map((gauge) -> text(gauge, "redis_key"));
	}

	private Stream<String> nodes() {
		return this.registry.find(NODES).gauges().stream().map((gauge) -> text(gauge, "redis_node"));
	}

	private static String text(Gauge gauge, String tag) {
		return gauge.getId().getTag(tag) + " " + gauge.value();
	}

	private HotKeyMetrics metrics(String tagTop) {
		return new HotKeyMetrics(tracker(tagTop), this.registry);
	}

	private static void look(HotKeyMetrics metrics, HotKey... hottest) {
		metrics.onHotKeys(tracker("0"), KeyAccess.READS, List.of(hottest));
	}

	private static HotKeyTracker tracker(String tagTop) {
		DedicatedConnections connections = mock();
		given(connections.keySlots()).willReturn(KeySlots.CLUSTER);
		return new HotKeyTrackerFactory().create(
				new ClientConfigReader(new MockEnvironment().withProperty("foo.url", "redis://host")
					.withProperty("foo.hot_keys.tag_top", tagTop)).read("foo."),
				connections, null, new MonitoringFailures());
	}

	private static HotKey key(String name, double share) {
		return new HotKey(name, share, 1, 0, "node", share, Instant.EPOCH, Instant.EPOCH);
	}

	private static HotKey key(String name, @Nullable String node, @Nullable Double nodeShare) {
		return new HotKey(name, 0.1, 1, 0, node, nodeShare, Instant.EPOCH, Instant.EPOCH);
	}

}
