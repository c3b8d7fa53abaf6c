package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.RawableFactory;
import redis.clients.jedis.json.DefaultGsonObjectMapper;

import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.test.EmbeddedRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * No call leaves something behind on a connection that others share, nor on its own.
 */
class SharedStateIntegrationTests extends EveryMode {

	private static final List<String> STATEFUL = List.of("MULTI", "EXEC", "DISCARD", "WATCH k", "UNWATCH", "RESET",
			"QUIT", "AUTH secret", "HELLO 2", "SELECT 1", "SUBSCRIBE c", "PSUBSCRIBE c", "SSUBSCRIBE c", "UNSUBSCRIBE",
			"PUNSUBSCRIBE", "SUNSUBSCRIBE", "MONITOR", "SYNC", "PSYNC ? -1", "REPLCONF ack 0", "CLIENT SETNAME x",
			"CLIENT SETINFO lib-name x", "CLIENT REPLY OFF", "CLIENT TRACKING on", "CLIENT CACHING yes",
			"CLIENT NO-EVICT on", "CLIENT NO-TOUCH on", "CLIENT CAPA redirect", "CLIENT IMPORT-SOURCE on", "READONLY",
			"READWRITE", "ASKING", "SCRIPT DEBUG yes", "CLUSTER SYNCSLOTS ack");

	private static EmbeddedRedisCluster cluster;

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	@Report("state of shared connections")
	void rawCommandsLeaveNoStateBehind(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		for (String line : STATEFUL) {
			assertRefused(line, () -> foo.execute(raw(line)));
			assertRefused(line, () -> foo.execute(raw(line.toLowerCase(Locale.ROOT))));
			assertRefused(line, () -> foo.executePipelined(raw(line)));
			assertRefused(line, () -> foo.execute(whileQueueing(line)));
			assertRefused(line, () -> foo.execute(whileWatching(line)));
			assertRefused(line, () -> foo.execute(natively(line)));
		}
		foo.opsForValue().set("k", "v");
		for (int i = 0; i < 20; i++) {
			assertThat(foo.opsForValue().get("k")).isEqualTo("v");
		}
	}

	private static void assertRefused(String line, ThrowingCallable call) {
		String[] words = line.split(" ");
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).as(line)
			.isThrownBy(call)
			.withMessageContainingAll(words[0], "would change the state of a connection that others share. ");
	}

	// Redis looks a name up by all of its bytes, but compares it only up to a NUL.
	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	@Report("state of shared connections")
	void namesThatRedisReadsInPartAreRefused(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		for (String line : List.of("MULTI\0", "readonly\0x", "SCRIPT debug\0 yes", "script\0 debug yes", "GET\0 k")) {
			for (RedisCallback<Object> call : List.of(raw(line), whileQueueing(line), whileWatching(line),
					natively(line))) {
				assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).as(line)
					.isThrownBy(() -> foo.execute(call))
					.withMessageContaining("must not contain a NUL");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	@Report("state of shared connections")
	void nativeClientThatOthersShareKeepsItsSettings(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		Stream<Consumer<UnifiedJedis>> changes = Stream.of(
				(jedis) -> jedis.setKeyArgumentPreProcessor((key) -> RawableFactory.from("prefix:" + key)),
				(jedis) -> jedis.setDefaultSearchDialect(1),
				(jedis) -> jedis.setJsonObjectMapper(new DefaultGsonObjectMapper()),
				(jedis) -> jedis.pipelined().setJsonObjectMapper(new DefaultGsonObjectMapper()),
				(jedis) -> jedis.multi().setJsonObjectMapper(new DefaultGsonObjectMapper()));
		foo.opsForValue().set("k", "v");
		changes.forEach((change) -> assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> run(foo, (connection) -> change.accept((UnifiedJedis) connection.getNativeConnection())))
			.withMessageContaining("others share"));
		run(foo, (connection) -> ((UnifiedJedis) connection.getNativeConnection()).close());
		assertThat(foo.opsForValue().get("k")).isEqualTo("v");
	}

	private static RedisCallback<Object> raw(String line) {
		String[] words = line.split(" ");
		return (connection) -> connection.execute(words[0],
				Stream.of(words).skip(1).map(SharedStateIntegrationTests::bytes).toArray(byte[][]::new));
	}

	private static RedisCallback<Object> whileQueueing(String line) {
		return (connection) -> {
			connection.multi();
			return raw(line).doInRedis(connection);
		};
	}

	private static RedisCallback<Object> whileWatching(String line) {
		return (connection) -> {
			connection.watch(bytes("k"));
			return raw(line).doInRedis(connection);
		};
	}

	private static RedisCallback<Object> natively(String line) {
		String[] words = line.split(" ");
		return (connection) -> ((UnifiedJedis) connection.getNativeConnection()).sendCommand(() -> bytes(words[0]),
				Stream.of(words).skip(1).map(SharedStateIntegrationTests::bytes).toArray(byte[][]::new));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	@Report("setClientName")
	void typedCallsLeaveNoStateBehind(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> run(foo, (connection) -> connection.serverCommands().setClientName(bytes("x"))))
			.withMessageContaining("client_set_name");
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> run(foo, (connection) -> connection.select(1)))
			.withMessageContaining("Database 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	@Report("watch without keys")
	void watchWithoutKeysIsAnErrorThatSaysSo(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> run(foo, RedisConnection::watch))
			.withMessage("WATCH needs at least one key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sharded" })
	@Report("failed watch")
	void rejectedKeysDoNotBindTheConnectionToASlot(String mode) {
		run(clients.get(mode), (connection) -> {
			assertThatExceptionOfType(CrossSlotException.class)
				.isThrownBy(() -> connection.watch(bytes("a"), bytes("b")));
			connection.stringCommands().set(bytes("a"), bytes("1"));
			connection.stringCommands().set(bytes("b"), bytes("2"));
			connection.multi();
			assertThatExceptionOfType(CrossSlotException.class)
				.isThrownBy(() -> connection.stringCommands().mGet(bytes("a"), bytes("b")));
			connection.stringCommands().get(bytes("b"));
			assertThat(connection.exec()).containsExactly(bytes("2"));
			connection.watch(bytes("a"));
			connection.unwatch();
			connection.watch(bytes("b"));
			connection.multi();
			connection.discard();
			assertThat(connection.stringCommands().get(bytes("a"))).isEqualTo(bytes("1"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	@Report("failed watch")
	void connectionIsAsNewAfterFailedTransaction(String mode) {
		run(clients.get(mode), (connection) -> {
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(connection::discard)
				.withMessageContaining("Call multi() first");
			connection.watch(bytes("a"));
			connection.multi();
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(connection::unwatch)
				.withMessageContaining("Call discard()");
			connection.execute("NOT-A-COMMAND", bytes("a"));
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(connection::exec);
			connection.unwatch();
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(connection::exec);
			connection.stringCommands().set(bytes("b"), bytes("2"));
			assertThat(connection.stringCommands().get(bytes("b"))).isEqualTo(bytes("2"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sharded" })
	@Report("failed watch")
	void watchedKeysDoNotBindOtherReads(String mode) {
		run(clients.get(mode), (connection) -> {
			connection.watch(bytes("a"));
			for (String key : List.of("a", "b", "c", "d")) {
				connection.stringCommands().set(bytes(key), bytes(key));
			}
			assertThat(connection.stringCommands().mGet(bytes("a"), bytes("b"), bytes("c"), bytes("d")))
				.containsExactly(bytes("a"), bytes("b"), bytes("c"), bytes("d"));
			connection.multi();
			connection.stringCommands().set(bytes("a"), bytes("changed"));
			assertThat(connection.exec()).as("a was changed after WATCH").isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sharded" })
	@Report("KEYS in MULTI")
	void transactionRefusesWhatOneNodeCannotAnswer(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		Stream<Consumer<RedisConnection>> calls = Stream.of((connection) -> connection.keyCommands().keys(bytes("*")),
				(connection) -> connection.keyCommands().randomKey(),
				(connection) -> connection.execute("keys", bytes("*")), (connection) -> connection.execute("DBSIZE"),
				(connection) -> connection.execute("FLUSHDB"),
				(connection) -> connection.scriptingCommands().scriptLoad(bytes("return 1")),
				(connection) -> connection.serverCommands().dbSize(),
				(connection) -> connection.serverCommands().flushAll());
		calls.forEach((call) -> assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> run(foo, (connection) -> {
				connection.multi();
				call.accept(connection);
			}))
			.withMessageContaining("transaction"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sharded" })
	@Report("KEYS in MULTI")
	void watchedConnectionStillReachesAllNodes(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		for (int i = 0; i < 30; i++) {
			foo.opsForValue().set("watched:" + i, "v");
		}
		run(foo, (connection) -> {
			connection.watch(bytes("watched:1"));
			assertThat(connection.keyCommands().keys(bytes("watched:*"))).hasSize(30);
		});
		assertThat(foo.keys("watched:*")).hasSize(30);
	}

	@Test
	@Report("server commands in MULTI")
	void serverCommandsDoNotRunAtOnceInTransactionOnCluster() {
		StringRedisTemplate foo = clients.get("cluster");
		Stream<Consumer<RedisConnection>> calls = Stream.of((connection) -> connection.serverCommands().shutdown(),
				(connection) -> connection.serverCommands().save(),
				(connection) -> connection.serverCommands().time(TimeUnit.SECONDS),
				(connection) -> connection.serverCommands().setConfig("maxmemory-samples", "5"),
				(connection) -> ((RedisClusterConnection) connection).clusterGetNodes());
		calls.forEach((call) -> assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> run(foo, (connection) -> {
				connection.multi();
				call.accept(connection);
			}))
			.withMessageContaining("cannot run in a transaction"));
		assertThat(cluster.nodes()).allMatch((node) -> node.isRunning());
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sharded" })
	@Report("server commands in MULTI")
	void commandThatChangesOneServerNeedsItsName(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		for (String line : List.of("SHUTDOWN NOSAVE", "REPLICAOF NO ONE", "slaveof no one", "FAILOVER ABORT",
				"SWAPDB 0 1", "CLUSTER RESET", "cluster failover", "CLUSTER SAVECONFIG", "cluster migrateslots x",
				"CLIENT PAUSE 1", "client unpause", "CLIENT KILL ID 1", "client unblock 1", "DEBUG SLEEP 0",
				"MODULE LOAD /none", "module unload none")) {
			for (RedisCallback<Object> call : List.of(raw(line), whileQueueing(line))) {
				assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).as(line)
					.isThrownBy(() -> foo.execute(call));
			}
		}
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> run(foo, (connection) -> connection.serverCommands().replicaOf("127.0.0.1", 1)));
	}

	@Test
	@Report("node that the cluster does not have")
	void unknownNodeIsRefusedAtOnce() {
		StringRedisTemplate foo = clients.get("cluster");
		RedisClusterNode unknown = new RedisClusterNode("127.0.0.1", 1);
		assertThatIllegalArgumentException().isThrownBy(() -> foo.opsForCluster().ping(unknown))
			.withMessage("The cluster has no node 127.0.0.1:1. Look its nodes up with clusterGetNodes");
		run(foo, (connection) -> ((RedisClusterConnection) connection).clusterGetNodes()
			.forEach((node) -> assertThat(((RedisClusterConnection) connection).ping(node)).isEqualTo("PONG")));
	}

	private static void run(StringRedisTemplate template, Consumer<RedisConnection> calls) {
		template.execute((RedisCallback<Object>) (connection) -> {
			calls.accept(connection);
			return null;
		});
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
