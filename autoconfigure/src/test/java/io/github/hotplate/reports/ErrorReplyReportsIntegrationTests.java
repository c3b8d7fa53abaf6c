package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.ClientKillParams.SkipMe;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What people reported about error replies, on real servers.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ErrorReplyReportsIntegrationTests {

	private static final String STANDALONE = "mode=standalone";

	/**
	 * Leaves time to change a server between two attempts.
	 */
	private static final String SLOW_RETRIES = "retry.backoff=200ms";

	private static final String KEY = "{report}:key";

	private static final String COUNTER = "{report}:counter";

	private static final String COUNT_AND_FAIL = "redis.call('INCR', KEYS[1]) return redis.error_reply(ARGV[1])";

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void heal() {
		this.threads.shutdownNow();
		server.node().execute("CONFIG", "SET", "maxmemory", "0");
		server.node().execute("CONFIG", "SET", "maxclients", "10000");
		server.node().execute("ACL", "DELUSER", "limited");
		cluster.awaitHealthy();
		cluster.nodes().forEach((node) -> node.execute("ACL", "DELUSER", "limited"));
		Stream.of(cluster, server).forEach(EmbeddedRedis::flush);
	}

	@ParameterizedTest
	@ValueSource(strings = { "BLPOP", "BLMPOP", "XREAD" })
	@Report("redisson #4633")
	void blockingCommandGoesOnAfterOrderlyFailover(String command) {
		RedisNode former = cluster.primaryOf(KEY);
		try (TestClient client = TestClient.start(cluster.url())) {
			StringRedisTemplate redis = client.redis();
			CompletableFuture<?> found = CompletableFuture.supplyAsync(() -> block(redis, command, "20"), this.threads);
			awaitBlocked(former);
			cluster.failOver(cluster.replicasOf(former).get(0));
			add(redis, command);
			assertThat(found).succeedsWithin(Duration.ofSeconds(10)).isNotNull();
			assertThat(countUpTo(redis, 20)).isEqualTo(20);
		}
	}

	@Test
	@Report("redisson #4633")
	void blockingPopGoesOnAfterDemotionAndPromotionOfItsServer() {
		try (TestClient client = TestClient.start(server.url(), STANDALONE)) {
			StringRedisTemplate redis = client.redis();
			CompletableFuture<?> found = CompletableFuture.supplyAsync(() -> block(redis, "BLPOP", "20"), this.threads);
			awaitBlocked(server.node());
			server.node().execute("REPLICAOF", "127.0.0.1", "1");
			Awaitility.await()
				.until(() -> String.valueOf(server.node().execute("INFO", "errorstats")).contains("READONLY"));
			server.node().execute("REPLICAOF", "NO", "ONE");
			add(redis, "BLPOP");
			assertThat(found).succeedsWithin(Duration.ofSeconds(10)).isNotNull();
		}
		finally {
			server.node().execute("REPLICAOF", "NO", "ONE");
		}
	}

	@Test
	@Report("redisson #4633")
	void blockingPopEndsWhenItsOwnTimeoutIsOver() {
		RedisNode former = cluster.primaryOf(KEY);
		try (TestClient client = TestClient.start(cluster.url())) {
			long start = System.nanoTime();
			CompletableFuture<?> found = CompletableFuture.supplyAsync(() -> block(client.redis(), "BLPOP", "3"),
					this.threads);
			awaitBlocked(former);
			cluster.failOver(cluster.replicasOf(former).get(0));
			assertThat(found).succeedsWithin(Duration.ofSeconds(10)).isNull();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(2_990),
					Duration.ofSeconds(9));
		}
	}

	@Test
	@Report("redisson #4633")
	void popThatAnAdministratorUnblocksFails() {
		try (TestClient client = TestClient.start(server.url(), STANDALONE)) {
			CompletableFuture<?> found = CompletableFuture.supplyAsync(() -> block(client.redis(), "BLPOP", "20"),
					this.threads);
			awaitBlocked(server.node());
			String blocked = Stream.of(String.valueOf(server.node().execute("CLIENT", "LIST")).split("\n"))
				.filter((line) -> line.contains("cmd=blpop"))
				.map((line) -> line.replaceFirst("id=(\\d+) .*", "$1").strip())
				.findFirst()
				.orElseThrow();
			server.node().execute("CLIENT", "UNBLOCK", blocked, "ERROR");
			assertThat(found).failsWithin(Duration.ofSeconds(5))
				.withThrowableThat()
				.withCauseInstanceOf(TransientDataAccessResourceException.class);
		}
	}

	@Test
	@Report("jedis #1039")
	void fullServerIsWaitedFor() {
		try (TestClient client = TestClient.start(server.url(), STANDALONE, "max_connections=40")) {
			StringRedisTemplate redis = client.redis();
			redis.opsForValue().increment(COUNTER);
			server.node().execute("CONFIG", "SET", "maxclients", "6");
			List<CompletableFuture<Void>> calls = IntStream.range(0, 40)
				.mapToObj((i) -> CompletableFuture.runAsync(() -> countUpTo(redis, 10), this.threads))
				.toList();
			assertThat(calls).allSatisfy((call) -> assertThat(call).succeedsWithin(Duration.ofSeconds(20)));
			assertThat(redis.opsForValue().get(COUNTER)).isEqualTo("401");
		}
	}

	@Test
	@Report("jedis #1039")
	void serverThatStaysFullIsUnreachable() {
		try (TestClient client = TestClient.start(server.url(), STANDALONE, "retry.deadline=300ms");
				Jedis admin = new Jedis(server.node().host(), server.node().port())) {
			StringRedisTemplate redis = client.redis();
			redis.opsForValue().increment(COUNTER);
			try {
				admin.configSet("maxclients", "1");
				admin.clientKill(ClientKillParams.clientKillParams().skipMe(SkipMe.YES).type(ClientType.NORMAL));
				assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> redis.opsForValue().get(KEY))
					.withMessageContaining("max number of clients reached");
			}
			finally {
				admin.configSet("maxclients", "10000");
			}
		}
	}

	@Test
	@Report("redis-om-spring #517")
	void serverOutOfMemoryHasOneType() {
		try (TestClient client = TestClient.start(server.url(), STANDALONE)) {
			server.node().execute("CONFIG", "SET", "maxmemory", "1");
			assertThatFailureIsTheSame(client.redis(), TransientDataAccessResourceException.class, "OOM command");
		}
	}

	@Test
	@Report("redis-om-spring #517")
	void missingPermissionHasOneType() {
		server.node().execute("ACL", "SETUSER", "limited", "on", ">s3cret", "~*", "&*", "+@all", "-set");
		try (TestClient client = TestClient.start(limited(server.url()), STANDALONE)) {
			assertThatFailureIsTheSame(client.redis(), PermissionDeniedDataAccessException.class, "NOPERM");
		}
	}

	private static void assertThatFailureIsTheSame(StringRedisTemplate redis, Class<? extends DataAccessException> type,
			String message) {
		assertThatExceptionOfType(type).isThrownBy(() -> redis.opsForValue().set(KEY, "1"))
			.withMessageStartingWith(message);
		RedisPipelineException pipeline = catchThrowableOfType(RedisPipelineException.class,
				() -> redis.executePipelined((RedisCallback<Object>) (connection) -> {
					connection.stringCommands().get(bytes(KEY));
					connection.stringCommands().set(bytes(KEY), bytes("1"));
					return null;
				}));
		assertThat(pipeline.getCause()).isExactlyInstanceOf(type)
			.hasMessageStartingWith(message)
			.hasMessageEndingWith("(command 1, SET, of pipeline)");
		assertThat(pipeline.getPipelineResult().get(1)).isSameAs(pipeline.getCause());
		assertThatExceptionOfType(type).isThrownBy(() -> inTransaction(redis, (operations) -> {
			operations.opsForValue().get(KEY);
			operations.opsForValue().set(KEY, "1");
		})).withMessageStartingWith(message);
	}

	@Test
	@Report("redis-om-spring #517")
	void permissionLostBeforeExecHasOneType() {
		server.node().execute("ACL", "SETUSER", "limited", "on", ">s3cret", "~*", "&*", "+@all");
		try (TestClient client = TestClient.start(limited(server.url()), STANDALONE)) {
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
				.isThrownBy(() -> inTransaction(client.redis(),
						(operations) -> operations.execute((RedisCallback<Object>) (connection) -> connection
							.scriptingCommands()
							.eval(bytes("return redis.error_reply('NOPERM of the script')"), ReturnType.VALUE, 0))));
		}
	}

	@Test
	@Report("redis-om-spring #517")
	void partOfSplitCommandHasTheSameType() {
		cluster.nodes()
			.forEach(
					(node) -> node.execute("ACL", "SETUSER", "limited", "on", ">s3cret", "~*", "&*", "+@all", "-mget"));
		try (TestClient client = TestClient.start(limited(cluster.url()))) {
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
				.isThrownBy(() -> client.redis().opsForValue().multiGet(List.of("a", "b", "c")))
				.withMessageStartingWith("NOPERM");
		}
	}

	private static RedisNode otherPrimaryThan(RedisNode primary) {
		return cluster.nodes()
			.stream()
			.filter((node) -> String.valueOf(node.execute("ROLE")).contains("master") && node != primary)
			.findFirst()
			.orElseThrow();
	}

	@Test
	@Report("redis #11946")
	void watchThatIsRedirectedRefreshesTheTopology() {
		RedisNode from = cluster.primaryOf(KEY);
		RedisNode to = otherPrimaryThan(from);
		int slot = CommandKeys.slot(KEY);
		try (TestClient client = TestClient.start(cluster.url())) {
			StringRedisTemplate redis = client.redis();
			redis.opsForValue().set(KEY, "0");
			cluster.migrateSlots(from, to, slot, slot);
			AtomicInteger runs = new AtomicInteger();
			// A refresh is not repeated at once.
			Awaitility.await().until(() -> {
				watchAndIncrement(redis);
				runs.incrementAndGet();
				return client.pool().topology().shardOf(slot).primary().address().getPort() == to.port();
			});
			from.execute("CONFIG", "RESETSTAT");
			IntStream.range(0, 5).forEach((i) -> watchAndIncrement(redis));
			assertThat(String.valueOf(from.execute("INFO", "errorstats"))).doesNotContain("MOVED");
			assertThat(redis.opsForValue().get(KEY)).isEqualTo(String.valueOf(runs.get() + 5));
		}
		finally {
			cluster.migrateSlots(to, from, slot, slot);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "standalone" })
	@Report("errors of a script's own")
	void scriptWithErrorOfItsOwnRunsOnce(String mode) {
		String url = mode.equals("cluster") ? cluster.url() : server.url();
		int slot = CommandKeys.slot(KEY);
		try (TestClient client = TestClient.start(url, "mode=" + mode)) {
			int runs = 0;
			for (String error : List.of("TRYAGAIN x", "READONLY x", "LOADING x", "CLUSTERDOWN x", "MASTERDOWN x",
					"NOSCRIPT x", "NOSCRIPT No matching script for tenant 7", "MOVED 1 127.0.0.1:1",
					"MOVED to another house", "ASK me later", "MOVED " + slot + " 127.0.0.1:1",
					"ASK " + slot + " 127.0.0.1:1", "CLUSTERDOWN The cluster is down",
					"CLUSTERDOWN Hash slot not served", "TRYAGAIN Multiple keys request during rehashing of slot",
					"LOADING Redis is loading the dataset in memory",
					"LOADING my cache is loading the dataset in memory",
					"MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
					"READONLY You can't write against a read only replica.",
					"READONLY Can not run script with write flag on readonly replica",
					"ERR Error running script mine: -TRYAGAIN x",
					"UNBLOCKED force unblock from blocking operation, instance state changed")) {
				runs = assertThatScriptRunsOnceOnEachPath(client.redis(), error, runs);
			}
		}
	}

	private int assertThatScriptRunsOnceOnEachPath(StringRedisTemplate redis, String error, int before) {
		byte[] script = bytes(COUNT_AND_FAIL);
		byte[][] arguments = { bytes(KEY), bytes(error) };
		String sha = redis
			.execute((RedisCallback<String>) (connection) -> connection.scriptingCommands().scriptLoad(script));
		List<RedisCallback<Object>> calls = List.of(
				(connection) -> connection.scriptingCommands().eval(script, ReturnType.VALUE, 1, arguments),
				(connection) -> connection.scriptingCommands().evalSha(sha, ReturnType.VALUE, 1, arguments),
				(connection) -> connection.execute("EVAL", script, bytes("1"), bytes(KEY), bytes(error)),
				(connection) -> redis.execute(new DefaultRedisScript<>(COUNT_AND_FAIL, String.class), List.of(KEY),
						error));
		int runs = before;
		for (RedisCallback<Object> call : calls) {
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).as(error)
				.isThrownBy(() -> redis.execute(call));
			assertThat(redis.opsForValue().get(KEY)).as(error).isEqualTo(String.valueOf(++runs));
		}
		assertThat(catchThrowable(() -> redis.executePipelined(calls.get(0)::doInRedis))).as(error)
			.hasCauseInstanceOf(InvalidDataAccessApiUsageException.class);
		assertThat(redis.opsForValue().get(KEY)).as(error).isEqualTo(String.valueOf(++runs));
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).as(error)
			.isThrownBy(() -> inTransaction(redis, (operations) -> operations.execute(calls.get(0))));
		assertThat(redis.opsForValue().get(KEY)).as(error).isEqualTo(String.valueOf(++runs));
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).as(error)
			.isThrownBy(() -> inSession(redis, (operations) -> {
				operations.watch(COUNTER);
				operations.execute(calls.get(0));
			}));
		assertThat(redis.opsForValue().get(KEY)).as(error).isEqualTo(String.valueOf(++runs));
		return runs;
	}

	@ParameterizedTest
	@CsvSource({ "yes, ''", "yes, '#!lua\n'", "no, ''", "no, '#!lua\n'" })
	@Report("errors of a script's own")
	void scriptThatReplicaRefusesRunsOnceItIsPrimary(String servesStaleData, String firstLine) {
		byte[] script = bytes(firstLine + "return redis.call('INCR', KEYS[1])");
		byte[][] key = { bytes(KEY) };
		RedisCallback<Object> call = (connection) -> connection.scriptingCommands()
			.eval(script, ReturnType.INTEGER, 1, key);
		try (TestClient client = TestClient.start(server.url(), STANDALONE, SLOW_RETRIES)) {
			StringRedisTemplate redis = client.redis();
			redis.opsForValue().increment(COUNTER);
			server.node().execute("CONFIG", "SET", "replica-serve-stale-data", servesStaleData);
			List<RedisCallback<Object>> ways = List.of(call,
					(connection) -> redis.executePipelined(call::doInRedis).get(0));
			for (int i = 0; i < ways.size(); i++) {
				RedisCallback<Object> way = ways.get(i);
				server.node().execute("REPLICAOF", "127.0.0.1", "1");
				server.node().execute("CONFIG", "RESETSTAT");
				CompletableFuture<Object> found = CompletableFuture.supplyAsync(() -> redis.execute(way), this.threads);
				awaitRefusedScripts(server.node());
				server.node().execute("REPLICAOF", "NO", "ONE");
				assertThat(found).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(i + 1L);
				assertThat(redis.opsForValue().get(KEY)).isEqualTo(String.valueOf(i + 1));
			}
		}
		finally {
			server.node().execute("REPLICAOF", "NO", "ONE");
			server.node().execute("CONFIG", "SET", "replica-serve-stale-data", "yes");
		}
	}

	// Two at least, and between two attempts: each script is followed by a probe.
	private static void awaitRefusedScripts(RedisNode node) {
		Pattern counts = Pattern.compile("cmdstat_eval:calls=(\\d+),.*rejected_calls=(\\d+)");
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> {
			Matcher matcher = counts.matcher(String.valueOf(node.execute("INFO", "commandstats")));
			int scripts = matcher.find() ? Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2)) : 0;
			return scripts >= 4 && scripts % 2 == 0;
		});
	}

	@Test
	@Report("errors of a script's own")
	void scriptsFollowTheirSlot() {
		RedisNode from = cluster.primaryOf(KEY);
		RedisNode to = otherPrimaryThan(from);
		int slot = CommandKeys.slot(KEY);
		byte[] script = bytes("return redis.call('INCR', KEYS[1])");
		byte[][] keys = { bytes(KEY), bytes(COUNTER) };
		RedisCallback<Object> one = (connection) -> connection.scriptingCommands()
			.eval(script, ReturnType.INTEGER, 1, keys);
		RedisCallback<Object> two = (connection) -> connection.scriptingCommands()
			.eval(script, ReturnType.INTEGER, 2, keys);
		try (TestClient client = TestClient.start(cluster.url(), SLOW_RETRIES)) {
			StringRedisTemplate redis = client.redis();
			to.execute("CLUSTER", "SETSLOT", String.valueOf(slot), "IMPORTING", from.id());
			from.execute("CLUSTER", "SETSLOT", String.valueOf(slot), "MIGRATING", to.id());
			assertThat(redis.execute(one)).as("ASK").isEqualTo(1L);
			assertThat(redis.executePipelined(one::doInRedis)).as("ASK").containsExactly(2L);
			to.execute("CONFIG", "RESETSTAT");
			CompletableFuture<Object> found = CompletableFuture.supplyAsync(() -> redis.execute(two), this.threads);
			awaitRefusedScripts(to);
			redis.opsForValue().set(COUNTER, "0");
			assertThat(found).as("TRYAGAIN").succeedsWithin(Duration.ofSeconds(10)).isEqualTo(3L);
			cluster.migrateSlots(from, to, slot, slot);
			assertThat(redis.execute(two)).as("MOVED").isEqualTo(4L);
			assertThat(redis.executePipelined(two::doInRedis)).containsExactly(5L);
		}
		finally {
			from.execute("CLUSTER", "SETSLOT", String.valueOf(slot), "STABLE");
			to.execute("CLUSTER", "SETSLOT", String.valueOf(slot), "STABLE");
			if (cluster.primaryOfSlot(slot) == to) {
				cluster.migrateSlots(to, from, slot, slot);
			}
		}
	}

	@Test
	@Report("errors of a script's own")
	void functionWithErrorOfItsOwnRunsOnce() {
		try (TestClient client = TestClient.start(server.url(), STANDALONE)) {
			StringRedisTemplate redis = client.redis();
			redis.execute((RedisCallback<Object>) (connection) -> connection.execute("FUNCTION", bytes("LOAD"),
					bytes("REPLACE"), bytes("""
							#!lua name=reports
							redis.register_function('count_and_fail', function(keys, args)
							  redis.call('INCR', keys[1])
							  return redis.error_reply(args[1])
							end)
							""")));
			int runs = 0;
			for (String error : List.of("TRYAGAIN later", "TRYAGAIN Multiple keys request during rehashing of slot",
					"LOADING Redis is loading the dataset in memory")) {
				assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
					.isThrownBy(() -> redis.execute((RedisCallback<Object>) (connection) -> connection.execute("FCALL",
							bytes("count_and_fail"), bytes("1"), bytes(KEY), bytes(error))));
				assertThat(redis.opsForValue().get(KEY)).isEqualTo(String.valueOf(++runs));
			}
		}
		finally {
			server.node().execute("FUNCTION", "FLUSH");
		}
	}

	@Test
	@Report("errors of a script's own")
	void readOnlyScriptWithErrorOfItsOwnRunsOnce() {
		try (TestClient client = TestClient.start(server.url(), STANDALONE)) {
			server.node().execute("CONFIG", "RESETSTAT");
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> client.redis()
				.execute((RedisCallback<Object>) (connection) -> connection.execute("EVAL_RO",
						bytes("return redis.error_reply('LOADING Redis is loading the dataset in memory')"), bytes("1"),
						bytes(KEY))));
			// The script and the probe.
			assertThat(String.valueOf(server.node().execute("INFO", "commandstats")))
				.contains("cmdstat_eval_ro:calls=2,");
		}
	}

	@Test
	@Report("MULTI refused by an ACL")
	void nothingRunsOutsideOfTransaction() {
		server.node().execute("ACL", "SETUSER", "limited", "on", ">s3cret", "~*", "&*", "+@all");
		try (TestClient client = TestClient.start(limited(server.url()), STANDALONE)) {
			StringRedisTemplate redis = client.redis();
			inTransaction(redis, (operations) -> operations.opsForValue().increment(KEY));
			server.node().execute("ACL", "SETUSER", "limited", "-multi");
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
				.isThrownBy(() -> inTransaction(redis, (operations) -> operations.opsForValue().increment(KEY)));
			assertThat(redis.opsForValue().get(KEY)).isEqualTo("1");
		}
	}

	@Test
	@Report("EVALSHA_RO on replicas")
	void primaryRunsScriptThatReplicaDoesNotKnow() {
		try (TestClient client = TestClient.start(cluster.url(), "read_preference=replica_preferred")) {
			StringRedisTemplate redis = client.redis();
			redis.opsForValue().set(KEY, "value");
			String sha = redis.execute((RedisCallback<String>) (connection) -> connection.scriptingCommands()
				.scriptLoad(bytes("return redis.call('GET', KEYS[1])")));
			assertThat(redis.<Object>execute((RedisCallback<Object>) (connection) -> connection.execute("EVALSHA_RO",
					bytes(sha), bytes("1"), bytes(KEY))))
				.isEqualTo(bytes("value"));
			assertThat(redis.executePipelined((RedisCallback<Object>) (connection) -> connection.execute("EVALSHA_RO",
					bytes(sha), bytes("1"), bytes(KEY))))
				.hasSize(1);
		}
	}

	private static void awaitBlocked(RedisNode node) {
		Awaitility.await().until(() -> String.valueOf(node.execute("INFO", "clients")).contains("blocked_clients:1"));
	}

	private static @Nullable Object block(StringRedisTemplate redis, String command, String seconds) {
		return redis.execute((RedisCallback<Object>) (connection) -> switch (command) {
			case "BLPOP" -> connection.listCommands().bLPop(Integer.parseInt(seconds), bytes(KEY));
			case "BLMPOP" -> connection.execute(command, bytes(seconds), bytes("1"), bytes(KEY), bytes("LEFT"));
			default -> connection.execute(command, bytes("BLOCK"), bytes(seconds + "000"), bytes("STREAMS"), bytes(KEY),
					bytes("0"));
		});
	}

	private static void add(StringRedisTemplate redis, String command) {
		if (command.equals("XREAD")) {
			redis.opsForStream().add(KEY, Map.of("field", "value"));
		}
		else {
			redis.opsForList().rightPush(KEY, "element");
		}
	}

	private static long countUpTo(StringRedisTemplate redis, int calls) {
		return IntStream.range(0, calls).mapToLong((i) -> redis.opsForValue().increment(COUNTER)).max().orElse(0);
	}

	private static void watchAndIncrement(StringRedisTemplate redis) {
		inSession(redis, (operations) -> {
			operations.watch(KEY);
			operations.multi();
			operations.opsForValue().increment(KEY);
			operations.exec();
		});
	}

	private static void inTransaction(StringRedisTemplate redis, Commands commands) {
		inSession(redis, (operations) -> {
			operations.multi();
			commands.run(operations);
			operations.exec();
		});
	}

	private static void inSession(StringRedisTemplate redis, Commands commands) {
		redis.execute(new SessionCallback<Object>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> @Nullable Object execute(RedisOperations<K, V> operations) throws DataAccessException {
				commands.run((RedisOperations<String, String>) operations);
				return null;
			}

		});
	}

	private static String limited(String url) {
		return url.replace("://", "://limited:s3cret@");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private interface Commands {

		void run(RedisOperations<String, String> operations);

	}

}
