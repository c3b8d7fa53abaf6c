package io.github.hotplate.hotkey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A tracker at work in an application.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class HotKeyTrackerIntegrationTests {

	/**
	 * Far more than a GET takes, and far less than the 6.5 seconds of baseplate.
	 */
	private static final Duration BRIEF = Duration.ofSeconds(2);

	private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

	private static EmbeddedRedisCluster cluster;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withPropertyValues("mortal.url=" + cluster.url());

	@AfterEach
	void heal() {
		requireFullCoverage("yes");
		cluster.awaitHealthy();
	}

	@Test
	void writesOfTrackerAreNotTracked() {
		int writes = 20_000;
		try (TrackedClient client = TrackedClient.start(cluster, "hot_keys.flush_interval=10 minutes")) {
			client.redis().opsForValue().set("warm", "x");
			cluster.nodes().forEach((node) -> node.execute("CONFIG", "RESETSTAT"));
			for (int i = 1; i <= writes; i++) {
				client.redis().opsForValue().set("key:" + i % 500, "x");
				if (i % 4_000 == 0) {
					client.tracker().tick();
				}
			}
			assertThat(commands()).isBetween((long) writes, writes + writes / 100L);
			assertThat(client.flushed(KeyAccess.WRITES).keySet()).noneMatch((key) -> key.contains("baseplate"));
		}
	}

	// Replicas count what they replicate. What keeps the cluster together is no client's.
	private static long commands() {
		return cluster.nodes()
			.stream()
			.filter(HotKeyTrackerIntegrationTests::isPrimary)
			.flatMap((node) -> CALLS.matcher(String.valueOf(node.execute("INFO", "commandstats"))).results())
			.filter((MatchResult stat) -> !stat.group(1)
				.matches("info|ping|role|replconf|psync|auth|config.*|cluster.*"))
			.mapToLong((stat) -> Long.parseLong(stat.group(2)))
			.sum();
	}

	private static boolean isPrimary(RedisNode node) {
		return String.valueOf(node.execute("ROLE")).startsWith("[master");
	}

	@Test
	void ratesChangeAtRunTime() {
		try (TrackedClient client = TrackedClient.start(cluster, "track_key_reads_sample_rate=0",
				"track_key_writes_sample_rate=0")) {
			StringRedisTemplate redis = client.redis();
			redis.opsForValue().get("before");
			client.tracker().sampleRates(new SampleRates(1, 0));
			redis.opsForValue().get("tracked");
			redis.opsForValue().set("written", "x");
			client.tracker().sampleRates(new SampleRates(0, 0));
			redis.opsForValue().get("after");
			HotKeyReport report = client.tracker().report(10);
			assertThat(report.reads().sinceReset()).extracting(HotKey::key).containsExactly("tracked");
			assertThat(report.writes().sinceReset()).isEmpty();
		}
	}

	@Test
	void nothingIsHotNowWhenNothingHappensAnyMore() {
		try (TrackedClient client = TrackedClient.start(cluster, "hot_keys.flush_interval=10 seconds")) {
			for (int i = 0; i < 100; i++) {
				client.redis().opsForValue().get("gone");
			}
			assertThat(client.tracker().report(10).reads().now()).extracting(HotKey::key).containsExactly("gone");
			client.tracker().tick();
			client.tracker().tick();
			HotKeyReport report = client.tracker().report(10);
			assertThat(report.reads().now()).isEmpty();
			assertThat(report.slots()).isEmpty();
			assertThat(report.nodes()).isEmpty();
			assertThat(report.reads().sinceReset()).extracting(HotKey::key).containsExactly("gone");
		}
	}

	@Test
	void rateOutOfRangeIsRefused() {
		try (TrackedClient client = TrackedClient.start(cluster)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> client.tracker().sampleRates(new SampleRates(1.1, 0)));
			assertThat(client.tracker().sampleRates()).isEqualTo(new SampleRates(1, 1));
		}
	}

	@Test
	void sampleStandsForCommandsThatWereNotSampled() {
		try (TrackedClient client = TrackedClient.start(cluster, "track_key_reads_sample_rate=10%")) {
			for (int i = 0; i < 5_000; i++) {
				client.redis().opsForValue().get("sampled");
			}
			assertThat(client.flushed(KeyAccess.READS).get("sampled")).isBetween(3_500L, 6_500L);
		}
	}

	@Test
	void deathOfTrackersPrimaryDelaysNoCommand() {
		String set = KeyAccess.READS.sortedSet();
		RedisNode victim = cluster.primaryOf(set);
		String key = Stream.of("a", "b", "c")
			.filter((candidate) -> !cluster.primaryOf(candidate).equals(victim))
			.findFirst()
			.orElseThrow();
		requireFullCoverage("no");
		try (TrackedClient client = TrackedClient.start(cluster, "hot_keys.flush_interval=50 milliseconds")) {
			client.redis().opsForValue().get(key);
			victim.kill();
			Duration longest = Duration.ZERO;
			while (cluster.primaryOf(set).equals(victim)) {
				Instant start = Instant.now();
				client.redis().opsForValue().get(key);
				Duration took = Duration.between(start, Instant.now());
				longest = (took.compareTo(longest) > 0) ? took : longest;
			}
			assertThat(longest).isLessThan(BRIEF);
			Awaitility.await().untilAsserted(() -> {
				client.redis().opsForValue().get("after");
				assertThat(TrackedClient.scores(cluster, KeyAccess.READS)).containsKey("after");
			});
		}
	}

	@Test
	void reportSaysWhatIsHotAndWhere() {
		try (TrackedClient client = TrackedClient.start(cluster)) {
			Instant start = Instant.now();
			for (int i = 0; i < 90; i++) {
				client.redis().opsForValue().get("hot");
			}
			for (int i = 0; i < 10; i++) {
				client.redis().opsForValue().get("key:" + i);
			}
			HotKeyReport report = client.tracker().report(3);
			int slot = CommandKeys.slot("hot");
			String node = cluster.primaryOf("hot").toString();
			assertThat(report.client()).isEqualTo("foo");
			assertThat(report.reads().sampleRate()).isOne();
			assertThat(report.reads().sampledKeys()).isEqualTo(100);
			assertThat(report.reads().now()).hasSize(3).first().satisfies((key) -> {
				assertThat(key.key()).isEqualTo("hot");
				assertThat(key.share()).isEqualTo(0.9);
				assertThat(key.count()).isEqualTo(90);
				assertThat(key.slot()).isEqualTo(slot);
				assertThat(key.node()).isEqualTo(node);
				assertThat(key.firstSeen()).isBetween(start.minusSeconds(1), key.lastSeen());
			});
			assertThat(report.reads().sinceReset().get(0).share()).isEqualTo(0.9);
			assertThat(report.slots().get(0)).isEqualTo(new HotKeyReport.SlotHeat(slot, node, 0.9));
			assertThat(report.nodes().get(0).node()).isEqualTo(node);
			assertThat(report.nodes().stream().mapToDouble(HotKeyReport.NodeHeat::share).sum()).isBetween(0.99, 1.01);
			assertThat(report.bigKeys()).isEmpty();
			assertThat(report.server()).isEqualTo(new HotKeyReport.ServerReport(null, null));
		}
	}

	@Test
	void bigKeysAreFoundWhereSizesAreTracked() {
		try (TrackedClient client = TrackedClient.start(cluster, "hot_keys.track_sizes=true")) {
			client.redis().opsForValue().set("big", "x".repeat(100_000));
			client.redis().opsForValue().set("small", "x");
			client.redis().opsForValue().multiGet(List.of("big", "small"));
			assertThat(client.tracker().report(10).bigKeys()).extracting(HotKeyReport.BigKeyReport::key)
				.containsExactly("big", "small");
			assertThat(client.tracker().report(10).bigKeys().get(0).bytes()).isBetween(100_000L, 100_010L);
		}
	}

	@Test
	void keysAreMaskedBeforeAnythingLeavesTheProcess() {
		HotKeyNaming naming = (name, key) -> key.replaceAll("\\d+", "*");
		try (TrackedClient client = TrackedClient.start(cluster, naming, "hot_keys.tag_top=5")) {
			for (int i = 0; i < 50; i++) {
				client.redis().opsForValue().get("user:" + i + ":cart");
			}
			Map<String, Long> scores = client.flushed(KeyAccess.READS);
			assertThat(scores).containsEntry("user:*:cart", 50L)
				.allSatisfy((key, score) -> assertThat(key).doesNotMatch(".*\\d.*cart"));
			assertThat(client.tracker().report(10).reads().sinceReset()).extracting(HotKey::key)
				.containsExactly("user:*:cart");
			assertThat(client.meters().get("redis.client.top.key.share").gauge().getId().getTag("redis_key"))
				.isEqualTo("user:*:cart");
		}
	}

	@Test
	void longKeyIsCut() {
		try (TrackedClient client = TrackedClient.start(cluster, "hot_keys.max_key_length=64")) {
			String key = "long:" + "x".repeat(10_000);
			client.redis().opsForValue().get(key);
			assertThat(client.tracker().report(10).reads().now()).singleElement().satisfies((hot) -> {
				assertThat(hot.key()).startsWith("long:xxx").hasSize(64);
				assertThat(hot.slot()).isEqualTo(CommandKeys.slot(key));
			});
		}
	}

	@Test
	void hotKeyIsAnnouncedOnce() {
		try (TrackedClient client = TrackedClient.start(cluster, "hot_keys.alert_share=0.5")) {
			for (int round = 0; round < 2; round++) {
				for (int i = 0; i < 100; i++) {
					client.redis().opsForValue().get((i % 4 == 0) ? "key:" + i : "hot");
				}
				client.tracker().tick();
			}
			assertThat(client.events()).singleElement().satisfies((event) -> {
				assertThat(event.client()).isEqualTo("foo");
				assertThat(event.access()).isEqualTo(KeyAccess.READS);
				assertThat(event.key().key()).isEqualTo("hot");
				assertThat(event.key().share()).isEqualTo(0.75);
			});
		}
	}

	@Test
	void shareOfHottestKeyIsMeasuredWithoutItsName() {
		try (TrackedClient client = TrackedClient.start(cluster)) {
			for (int i = 0; i < 100; i++) {
				client.redis().opsForValue().get((i < 40) ? "hot" : "key:" + i);
			}
			client.tracker().tick();
			Gauge reads = client.meters()
				.get("redis.client.hot.key.share")
				.tags("client", "foo", "access", "reads")
				.gauge();
			assertThat(reads.value()).isEqualTo(0.4);
			assertThat(client.meters().get("redis.client.hot.key.share").tags("access", "writes").gauge().value())
				.isNaN();
			assertThat(client.meters().find("redis.client.top.key.share").gauges()).isEmpty();
		}
	}

	@Test
	void resetForgetsWhatWasCountedAndNotTheSortedSets() {
		try (TrackedClient client = TrackedClient.start(cluster)) {
			client.redis().opsForValue().get("reset");
			client.tracker().reset();
			assertThat(client.tracker().report(10).reads().sinceReset()).isEmpty();
			assertThat(client.flushed(KeyAccess.READS)).containsKey("reset");
		}
	}

	@Test
	void threadEndsWithTheApplication() {
		this.contextRunner.withPropertyValues("mortal.track_key_reads_sample_rate=1").run((context) -> {
			context.getBean("mortal", StringRedisTemplate.class).opsForValue().get("a");
			assertThat(threadsOfMortal()).isOne();
		});
		Awaitility.await().untilAsserted(() -> assertThat(threadsOfMortal()).isZero());
	}

	@Test
	void trackerThatSamplesNothingHasNoThread() {
		this.contextRunner.run((context) -> {
			context.getBean("mortal", StringRedisTemplate.class).opsForValue().get("a");
			assertThat(threadsOfMortal()).isZero();
		});
	}

	private static long threadsOfMortal() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("hotplate-mortal-hot-keys"))
			.count();
	}

	private static void requireFullCoverage(String answer) {
		cluster.nodes()
			.stream()
			.filter(RedisNode::isRunning)
			.forEach((node) -> node.execute("CONFIG", "SET", "cluster-require-full-coverage", answer));
	}

}
