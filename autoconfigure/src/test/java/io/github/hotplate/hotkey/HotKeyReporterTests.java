package io.github.hotplate.hotkey;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HotKeyReporter}.
 */
class HotKeyReporterTests {

	private static final int LEFT = 0;

	private static final int RIGHT = 16_383;

	private final DedicatedConnections connections = mock();

	private final ServerStatistics server = mock();

	private final HotKeySummary summary = new HotKeySummary(KeyName::of, KeySlots.CLUSTER,
			InstantSource.fixed(Instant.EPOCH), new TrackerFailures("foo", new MonitoringFailures()));

	private final HotKeyReporter reporter = new HotKeyReporter("foo", this.summary, this.connections, this.server);

	@BeforeEach
	void splitSlotsBetweenTwoNodes() {
		given(this.connections.primaryOf(anyInt()))
			.willAnswer((call) -> new HostAndPort((call.<Integer>getArgument(0) < 8_192) ? "left" : "right", 6379));
	}

	@Test
	void keyThatIsRareForTheClientMayBeHotForItsNode() {
		for (int i = 0; i < 1_900; i++) {
			read("key:" + i, LEFT + i, 1);
		}
		for (int i = 0; i < 100; i++) {
			read((i < 40) ? "hot" : "other:" + i, (i < 40) ? RIGHT : RIGHT - i, 1);
			this.summary.offer(new Sample("written", RIGHT, KeyAccess.WRITES, 1, 0));
		}
		assertThat(hottest("hot").node()).isEqualTo("right:6379");
		assertThat(hottest("hot").share()).isEqualTo(0.02);
		assertThat(hottest("hot").nodeShare()).isEqualTo(0.4);
		assertThat(this.reporter.hottest(KeyAccess.WRITES, 1).get(0).nodeShare()).isOne();
	}

	@Test
	void fewSamplesOfNodeGiveNoShare() {
		for (int i = 0; i < 100; i++) {
			read("key:" + i, LEFT + i, 1);
		}
		for (int i = 0; i < 29; i++) {
			read("seldom", RIGHT, 1);
		}
		assertThat(hottest("seldom").nodeShare()).isNull();
		read("seldom", RIGHT, 1);
		assertThat(hottest("seldom").nodeShare()).isOne();
	}

	@Test
	void samplesThatStandForMoreCommandsAreNotMoreSamples() {
		for (int i = 0; i < 100; i++) {
			read("key:" + i, LEFT + i, 1_000);
		}
		for (int i = 0; i < 29; i++) {
			read("seldom", RIGHT, 1_000);
		}
		assertThat(hottest("seldom").nodeShare()).isNull();
	}

	@Test
	void nameOfKeysInSeveralSlotsHasNoNode() {
		for (int i = 0; i < 100; i++) {
			read("user:*", LEFT + i, 1);
		}
		assertThat(hottest("user:*").node()).isNull();
		assertThat(hottest("user:*").nodeShare()).isNull();
	}

	@Test
	void shareOfNodeIsOfLastSecondsOnly() {
		for (int i = 0; i < 100; i++) {
			read("hot", LEFT, 1);
		}
		HotKeyReport report = this.reporter.report(new SampleRates(1, 1), new SampleRates(1, 1), 1);
		assertThat(report.reads().now().get(0).nodeShare()).isOne();
		assertThat(report.reads().sinceReset().get(0).nodeShare()).isNull();
	}

	private HotKey hottest(String key) {
		List<HotKey> hottest = this.reporter.hottest(KeyAccess.READS, HotKeyTracker.WATCHED);
		return hottest.stream().filter((candidate) -> candidate.key().equals(key)).findFirst().orElseThrow();
	}

	private void read(String key, int slot, double weight) {
		this.summary.offer(new Sample(key, slot, KeyAccess.READS, weight, 0));
	}

}
