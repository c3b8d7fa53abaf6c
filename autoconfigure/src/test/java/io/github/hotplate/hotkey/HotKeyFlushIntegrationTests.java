package io.github.hotplate.hotkey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How samples get to the sorted sets: together with other instances, within their
 * capacity, and through trouble.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class HotKeyFlushIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private final List<TrackedClient> clients = new ArrayList<>();

	@BeforeEach
	void forget() {
		for (KeyAccess access : KeyAccess.values()) {
			primary(access).execute("DEL", access.sortedSet());
		}
	}

	@AfterEach
	void stop() {
		this.clients.forEach(TrackedClient::close);
	}

	@Test
	void countsOfInstancesAndOfBaseplateAddUp() {
		TrackedClient one = start();
		TrackedClient other = start();
		read(one, "a", 3);
		read(other, "a", 4);
		primary(KeyAccess.READS).execute("ZINCRBY", KeyAccess.READS.sortedSet(), "5", "a");
		one.tracker().tick();
		assertThat(other.flushed(KeyAccess.READS)).isEqualTo(Map.of("a", 12L));
	}

	@Test
	void instancesMayFlushAtTheSameTime() {
		List<TrackedClient> fleet = IntStream.range(0, 4).mapToObj((i) -> start()).toList();
		List<CompletableFuture<Void>> flushes = fleet.stream()
			.map((client) -> CompletableFuture.runAsync(() -> IntStream.range(0, 20).forEach((i) -> {
				read(client, "shared", 1);
				client.tracker().tick();
			}), (task) -> new Thread(task, "flushing").start()))
			.toList();
		flushes.forEach(CompletableFuture::join);
		assertThat(TrackedClient.scores(cluster, KeyAccess.READS)).isEqualTo(Map.of("shared", 80L));
	}

	@Test
	void setKeepsTheHottestKeys() {
		TrackedClient client = start("hot_keys.capacity=10");
		for (int i = 1; i <= 30; i++) {
			read(client, "key:" + i, i);
		}
		assertThat(client.flushed(KeyAccess.READS).keySet()).containsExactly("key:30", "key:29", "key:28", "key:27",
				"key:26", "key:25", "key:24", "key:23", "key:22", "key:21");
	}

	@Test
	void keyThatGetsHotSlowlyStaysInTheEnd() {
		TrackedClient client = start("hot_keys.capacity=1");
		primary(KeyAccess.READS).execute("ZADD", KeyAccess.READS.sortedSet(), "5", "veteran");
		for (int i = 1; i <= 5; i++) {
			read(client, "newcomer", 1);
			assertThat(client.flushed(KeyAccess.READS)).isEqualTo(Map.of("veteran", 5L));
		}
		read(client, "newcomer", 1);
		assertThat(client.flushed(KeyAccess.READS)).isEqualTo(Map.of("newcomer", 6L));
	}

	@Test
	void keyThatWasTrimmedComesBackWithAllThatIsKnown() {
		TrackedClient client = start("hot_keys.capacity=1");
		read(client, "key", 3);
		assertThat(client.flushed(KeyAccess.READS)).isEqualTo(Map.of("key", 3L));
		primary(KeyAccess.READS).execute("DEL", KeyAccess.READS.sortedSet());
		primary(KeyAccess.READS).execute("ZADD", KeyAccess.READS.sortedSet(), "4", "rival");
		read(client, "key", 2);
		client.tracker().tick();
		assertThat(client.flushed(KeyAccess.READS)).isEqualTo(Map.of("key", 5L));
	}

	@Test
	void whatRedisRefusesIsKept() {
		TrackedClient client = start();
		primary(KeyAccess.READS).execute("SET", KeyAccess.READS.sortedSet(), "not a sorted set");
		read(client, "a", 2);
		client.tracker().tick();
		primary(KeyAccess.READS).execute("DEL", KeyAccess.READS.sortedSet());
		read(client, "a", 1);
		assertThat(client.flushed(KeyAccess.READS)).isEqualTo(Map.of("a", 3L));
		assertThat(client.tracker().droppedSamples()).isZero();
	}

	@Test
	void nothingIsLeftBesideTheSet() {
		TrackedClient client = start();
		read(client, "a", 1);
		client.tracker().tick();
		assertThat((List<?>) primary(KeyAccess.READS).execute("KEYS", "*baseplate-hot-key-tracker-reads*"))
			.singleElement()
			.isEqualTo(KeyAccess.READS.sortedSet());
	}

	@Test
	void whatWasCountedIsFlushedAtShutdown() {
		TrackedClient client = start();
		for (int i = 0; i < 700; i++) {
			read(client, "key:" + i, 1);
		}
		client.close();
		assertThat(TrackedClient.scores(cluster, KeyAccess.READS)).hasSize(700);
	}

	@Test
	void flushesByItself() {
		TrackedClient client = start("hot_keys.flush_interval=50 milliseconds");
		read(client, "a", 1);
		Awaitility.await()
			.untilAsserted(() -> assertThat(TrackedClient.scores(cluster, KeyAccess.READS)).isEqualTo(Map.of("a", 1L)));
	}

	private TrackedClient start(String... properties) {
		TrackedClient client = TrackedClient.start(cluster, properties);
		this.clients.add(client);
		return client;
	}

	private static void read(TrackedClient client, String key, int times) {
		for (int i = 0; i < times; i++) {
			client.redis().opsForValue().get(key);
		}
	}

	private static RedisNode primary(KeyAccess access) {
		return cluster.primaryOf(access.sortedSet());
	}

}
