package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cursor holds in one server process only, which dies, is demoted or loses its slots.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class CursorIntegrationTests {

	private static final int ELEMENTS = 5_000;

	private static final String KEY = "elements";

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisSentinel sentinel;

	private static EmbeddedRedisShards shards;

	private TestClient client;

	private StringRedisTemplate redis;

	private void start(String url, String... properties) {
		this.client = TestClient.start(url, properties);
		this.redis = this.client.redis();
	}

	@AfterEach
	void stop() {
		if (this.client != null) {
			this.client.close();
		}
		cluster.awaitHealthy();
		cluster.flush();
	}

	@ParameterizedTest
	@ValueSource(strings = { "any", "replica" })
	@Report("HSCAN over replicas")
	void cursorOfElementsStaysWithPrimary(String preference) {
		start(cluster.url(), "read_preference=" + preference);
		everyElementIsFound();
	}

	@Test
	@Report("HSCAN over replicas")
	void cursorOfElementsStaysWithPrimaryOfSentinel() {
		start(sentinel.url(), "read_preference=any");
		everyElementIsFound();
		sentinel.flush();
	}

	private void everyElementIsFound() {
		fill();
		ScanOptions options = ScanOptions.scanOptions().count(100).build();
		assertThat(read(this.redis.opsForHash().scan(KEY, options))).hasSize(ELEMENTS);
		assertThat(read(this.redis.opsForSet().scan(KEY + ":set", options))).hasSize(ELEMENTS);
		assertThat(read(this.redis.opsForZSet().scan(KEY + ":zset", options))).hasSize(ELEMENTS);
	}

	@Test
	@Report("HSCAN over replicas")
	void rawAndPipelinedPagesStayWithPrimaryToo() {
		start(cluster.url(), "read_preference=any");
		fill();
		Set<String> raw = new HashSet<>();
		Set<String> pipelined = new HashSet<>();
		Set<String> atomically = new HashSet<>();
		this.redis.execute((RedisCallback<?>) (connection) -> {
			byte[] cursor = bytes("0");
			do {
				List<?> page = (List<?>) Objects
					.requireNonNull(connection.execute("hscan", bytes(KEY), cursor, bytes("COUNT"), bytes("100")));
				cursor = (byte[]) page.get(0);
				((List<?>) page.get(1)).forEach((element) -> raw.add(text(element)));
			}
			while (!text(cursor).equals("0"));
			UnifiedJedis jedis = (UnifiedJedis) connection.getNativeConnection();
			String next = "0";
			do {
				try (var pipeline = jedis.pipelined()) {
					Response<ScanResult<String>> page = pipeline.sscan(KEY + ":set", next, new ScanParams().count(100));
					pipeline.sync();
					next = page.get().getCursor();
					pipelined.addAll(page.get().getResult());
				}
			}
			while (!next.equals("0"));
			do {
				try (var transaction = jedis.multi()) {
					Response<ScanResult<String>> page = transaction.sscan(KEY + ":set", next,
							new ScanParams().count(500));
					transaction.exec();
					next = page.get().getCursor();
					atomically.addAll(page.get().getResult());
				}
			}
			while (!next.equals("0"));
			return null;
		});
		assertThat(atomically).hasSize(ELEMENTS);
		assertThat(raw).filteredOn((element) -> element.startsWith("e:")).hasSize(ELEMENTS);
		assertThat(pipelined).hasSize(ELEMENTS);
	}

	@Test
	@Report({ "SCAN over a failover", "SCAN and KEYS begun in an outage" })
	void whatBeganInOutageEndsAtSuccessorOfTheDeadPrimary() {
		start(cluster.url());
		Set<String> keys = fillKeys();
		Awaitility.await()
			.until(() -> cluster.nodes().stream().mapToLong((node) -> (Long) node.execute("DBSIZE")).sum() == 2
					* ELEMENTS);
		Cursor<String> cursor = this.redis.scan(ScanOptions.scanOptions().count(50).build());
		Set<String> found = new HashSet<>();
		while (found.size() < ELEMENTS / 2) {
			found.add(cursor.next());
		}
		String key = "{" + slotTag() + "}:elements";
		this.redis.opsForHash()
			.putAll(key, IntStream.range(0, ELEMENTS).boxed().collect(Collectors.toMap((i) -> "e:" + i, (i) -> "1")));
		Cursor<?> elements = this.redis.opsForHash().scan(key, ScanOptions.scanOptions().count(50).build());
		Set<Object> foundElements = readHalf(elements);
		RedisNode replica = cluster.replicasOf(cluster.primaryOfSlot(8_000)).get(0);
		Awaitility.await()
			.until(() -> Objects.equals(replica.execute("DBSIZE"), cluster.primaryOfSlot(8_000).execute("DBSIZE")));
		cluster.primaryOfSlot(8_000).kill();
		CompletableFuture<Set<String>> all = begin((connection) -> this.redis.keys("*"));
		CompletableFuture<Long> size = begin((connection) -> connection.serverCommands().dbSize());
		CompletableFuture<String> script = begin(
				(connection) -> connection.scriptingCommands().scriptLoad(bytes("return 1")));
		CompletableFuture<byte[]> random = begin((connection) -> connection.keyCommands().randomKey());
		CompletableFuture<Properties> info = begin((connection) -> connection.serverCommands().info("server"));
		CompletableFuture<Set<String>> whole = begin((connection) -> read(this.redis.scan(ScanOptions.NONE)));
		found.addAll(read(cursor));
		assertThat(found).containsAll(keys);
		foundElements.addAll(read(elements));
		assertThat(foundElements).hasSize(ELEMENTS);
		keys.add(key);
		assertThat(whole.join()).containsAll(keys);
		assertThat(all.join()).isEqualTo(keys);
		assertThat(size.join()).isEqualTo(ELEMENTS + 1);
		assertThat(script.join()).hasSize(40);
		assertThat(keys).contains(text(random.join()));
		RedisNode successor = cluster.primaryOfSlot(8_000);
		assertThat(info.join().keySet())
			.anyMatch((name) -> name.toString().startsWith(successor.host() + ":" + successor.port()));
	}

	@Test
	@Report("SCAN and KEYS begun in an outage")
	void whatWritesOnAllPrimariesWaitsForSuccessorOfTheDeadOne() {
		// The last one to be sent anything, so that the others have run the command.
		IntStream.of(0, 8_000, 16_000)
			.mapToObj(cluster::primaryOfSlot)
			.max(Comparator.comparingInt(RedisNode::port))
			.orElseThrow()
			.kill();
		// Without a connection to it, on which a reply could be lost.
		start(cluster.url());
		RedisCallback<Object> load = (connection) -> connection.execute("FUNCTION", bytes("LOAD"), bytes("REPLACE"),
				bytes("#!lua name=outage\nredis.register_function('f', function() return 1 end)"));
		List<CompletableFuture<Object>> loads = IntStream.range(0, 8).mapToObj((i) -> begin(load)).toList();
		assertThat(loads).allSatisfy((reply) -> assertThat(reply.join()).isEqualTo(bytes("outage")));
		begin((connection) -> connection.execute("FUNCTION", bytes("DELETE"), bytes("outage"))).join();
	}

	@Test
	@Report("SCAN and KEYS begun in an outage")
	void whatIsForAllNodesLeavesOutReplicaThatClusterHasLost() {
		start(cluster.url());
		cluster.replicasOf(cluster.primaryOfSlot(8_000)).get(0).kill();
		assertThat(this.redis.execute((RedisCallback<Object>) (connection) -> {
			connection.serverCommands().setConfig("maxmemory-samples", "5");
			return connection.execute("CONFIG", bytes("SET"), bytes("maxmemory-samples"), bytes("5"));
		})).isEqualTo(bytes("OK"));
	}

	private static String slotTag() {
		return IntStream.iterate(0, (i) -> i + 1)
			.mapToObj(Integer::toString)
			.filter((tag) -> cluster.primaryOf(tag).equals(cluster.primaryOfSlot(8_000)))
			.findFirst()
			.orElseThrow();
	}

	private <T> CompletableFuture<T> begin(RedisCallback<T> call) {
		return CompletableFuture.supplyAsync(() -> this.redis.execute(call));
	}

	@Test
	@Report("SCAN over a failover")
	void everyKeyAndElementIsFoundOverFailoverOfSentinel() {
		start(sentinel.url());
		try {
			Set<String> keys = fillKeys();
			fill();
			Cursor<String> cursor = this.redis.scan(ScanOptions.scanOptions().count(50).build());
			Cursor<?> elements = this.redis.opsForZSet()
				.scan(KEY + ":zset", ScanOptions.scanOptions().count(50).build());
			Set<Object> found = readHalf(cursor);
			Set<Object> half = readHalf(elements);
			sentinel.failOver();
			found.addAll(read(cursor));
			half.addAll(read(elements));
			assertThat(found).containsAll(keys);
			assertThat(half).extracting(Objects::toString).hasSizeGreaterThanOrEqualTo(ELEMENTS);
		}
		finally {
			this.client.close();
			sentinel.awaitHealthy();
			sentinel.flush();
		}
	}

	@Test
	@Report("SCAN over a failover")
	void everyKeyIsFoundAfterRestartOfShard() {
		start(shards.url(), "mode=sharded");
		Set<String> keys = fillKeys();
		shards.nodes().forEach((node) -> node.execute("CONFIG", "SET", "save", "3600 1"));
		shards.nodes().forEach((node) -> node.execute("SAVE"));
		Cursor<String> cursor = this.redis.scan(ScanOptions.scanOptions().count(50).build());
		Set<Object> found = readHalf(cursor);
		for (RedisNode node : shards.nodes()) {
			node.kill();
			node.restart();
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.redis.keys("*").size() >= ELEMENTS);
		found.addAll(read(cursor));
		assertThat(found).containsAll(keys);
	}

	@Test
	@Report("SCAN over a failover")
	void everyKeyIsFoundThoughSlotsMoveToShardThatIsDone() {
		start(cluster.url());
		Set<String> keys = fillKeys();
		RedisNode first = cluster.primaryOfSlot(0);
		RedisNode last = cluster.primaryOfSlot(16_383);
		try {
			Cursor<String> cursor = this.redis.scan(ScanOptions.scanOptions().count(50).build());
			Set<Object> found = readHalf(cursor);
			cluster.migrateSlots(last, first, 16_000, 16_060);
			cluster.migrateSlots(first, last, 100, 120);
			found.addAll(read(cursor));
			assertThat(found).containsAll(keys);
		}
		finally {
			cluster.migrateSlots(first, last, 16_000, 16_060);
			cluster.migrateSlots(last, first, 100, 120);
		}
	}

	@Test
	@Report("SCAN over a failover")
	void everyKeyIsFoundThoughSlotsStayHalfMoved() {
		start(cluster.url());
		Set<String> keys = fillKeys();
		RedisNode first = cluster.primaryOfSlot(0);
		RedisNode last = cluster.primaryOfSlot(16_383);
		List<Integer> slots = IntStream.rangeClosed(16_000, 16_010).boxed().toList();
		slots.forEach((slot) -> {
			first.execute("CLUSTER", "SETSLOT", slot.toString(), "IMPORTING", last.id());
			last.execute("CLUSTER", "SETSLOT", slot.toString(), "MIGRATING", first.id());
		});
		try {
			Cursor<String> cursor = this.redis.scan(ScanOptions.scanOptions().count(50).build());
			Set<Object> found = readHalf(cursor);
			slots.forEach((slot) -> move(slot, last, first));
			found.addAll(read(cursor));
			assertThat(found).containsAll(keys);
		}
		finally {
			cluster.migrateSlots(last, first, 16_000, 16_010);
			cluster.migrateSlots(first, last, 16_000, 16_010);
		}
	}

	private static void move(int slot, RedisNode from, RedisNode to) {
		List<?> keys = (List<?>) Objects
			.requireNonNull(from.execute("CLUSTER", "GETKEYSINSLOT", String.valueOf(slot), "1000"));
		keys.forEach((key) -> from.execute("MIGRATE", to.host(), String.valueOf(to.port()), text(key), "0", "5000"));
	}

	private void fill() {
		this.redis.executePipelined((RedisCallback<?>) (connection) -> {
			for (int i = 0; i < ELEMENTS; i++) {
				byte[] element = bytes("e:" + i);
				connection.hashCommands().hSet(bytes(KEY), element, bytes("1"));
				connection.setCommands().sAdd(bytes(KEY + ":set"), element);
				connection.zSetCommands().zAdd(bytes(KEY + ":zset"), i, element);
			}
			return null;
		});
	}

	private Set<String> fillKeys() {
		Set<String> keys = new HashSet<>();
		this.redis.executePipelined((RedisCallback<?>) (connection) -> {
			for (int i = 0; i < ELEMENTS; i++) {
				keys.add("k:" + i);
				connection.stringCommands().set(bytes("k:" + i), bytes("v"));
			}
			return null;
		});
		return keys;
	}

	private static Set<Object> readHalf(Cursor<?> cursor) {
		Set<Object> found = new HashSet<>();
		while (found.size() < ELEMENTS / 2) {
			found.add(cursor.next());
		}
		return found;
	}

	private static <T> Set<T> read(Cursor<T> cursor) {
		List<T> found = new ArrayList<>();
		try (cursor) {
			cursor.forEachRemaining(found::add);
		}
		return new HashSet<>(found);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(Object bytes) {
		return (bytes instanceof byte[] raw) ? new String(raw, StandardCharsets.UTF_8) : bytes.toString();
	}

}
