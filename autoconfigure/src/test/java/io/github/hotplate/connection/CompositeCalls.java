package io.github.hotplate.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.template.MonitoredRedisTemplate;

/**
 * Calls that are several commands on the wire, or none of their own name.
 */
final class CompositeCalls extends Calls {

	CompositeCalls(MonitoredRedisTemplate redis, CallLedger ledger, String name) {
		super(redis, ledger, name);
	}

	@Override
	List<Runnable> all() {
		List<String> many = Stream.of("a", "b", "c", "d", "e", "f", "g", "h").map(this::key).toList();
		Map<String, String> values = new HashMap<>();
		many.forEach((key) -> values.put(key, "x"));
		return List.of(composite("mget", Map.of("mget", slots(many)), () -> this.redis.opsForValue().multiGet(many)),
				composite("mset", Map.of("mset", slots(many)), () -> this.redis.opsForValue().multiSet(values)),
				composite("msetnx", Map.of("msetnx", slots(many)),
						() -> this.redis.opsForValue().multiSetIfAbsent(values)),
				composite("del", Map.of("del", slots(many)), () -> this.redis.delete(many)),
				composite("unlink", Map.of("unlink", slots(many)), () -> this.redis.unlink(many)),
				composite("exists", Map.of("exists", slots(many)), () -> this.redis.countExistingKeys(many)),
				composite("touch", Map.of("touch", slots(many)),
						() -> onConnection(
								(connection) -> connection.keyCommands().touch(all(many.toArray(String[]::new))))),
				composite("mget", Map.of("mget", slots(many)),
						() -> onConnection(
								(connection) -> connection.execute("MGET", all(many.toArray(String[]::new))))),
				composite("sunion", Map.of("smembers", 2),
						() -> this.redis.opsForSet().union(key("set"), key("set:2"))),
				composite("sinterstore", Map.of("smembers", 2, "multi", 1, "del", 1, "exec", 1),
						() -> this.redis.opsForSet().intersectAndStore(key("set"), key("empty"), key("set:3"))),
				this::rename, composite("keys", Map.of("keys", 3), () -> this.redis.keys(key("*"))),
				composite("randomkey", Map.of("randomkey", 3, "dbsize", 3), this.redis::randomKey),
				composite("dbsize", Map.of("dbsize", 3),
						() -> onConnection((connection) -> connection.serverCommands().dbSize())),
				composite("lastsave", Map.of("lastsave", 3),
						() -> onConnection((connection) -> connection.serverCommands().lastSave())),
				composite("memory usage", Map.of("memory usage", 1),
						() -> onConnection(
								(connection) -> connection.execute("MEMORY", bytes("USAGE"), bytes(key("string"))))),
				composite("script exists", Map.of("script exists", 3),
						() -> onConnection((connection) -> connection.scriptingCommands().scriptExists("0"))),
				this::pipeline, this::namedPipeline, this::transaction, this::watchedTransaction);
	}

	private void rename() {
		single(() -> this.redis.opsForValue().set(key("old"), "x")).run();
		composite("rename", Map.of("multi", 1, "dump", 1, "pttl", 1, "exec", 1, "restore", 1, "del", 1),
				() -> this.redis.rename(key("old"), key("new")))
			.run();
	}

	private void pipeline() {
		this.ledger.composite("pipeline", Map.of("set", 1, "get", 2, "mget", 2));
		this.redis.executePipelined((RedisCallback<Object>) (connection) -> {
			connection.stringCommands().set(bytes(key("string")), bytes("x"));
			connection.stringCommands().get(bytes(key("string")));
			connection.execute("GET", bytes(key("a")));
			connection.stringCommands().mGet(bytes(key("a")), bytes(key("b")));
			return null;
		});
	}

	private void namedPipeline() {
		this.ledger.composite("pipeline", Map.of("incr", 2));
		this.redis.executePipelined("named", session((operations, key) -> {
			operations.opsForValue().increment(key);
			operations.opsForValue().increment(key);
			return null;
		}));
	}

	private void transaction() {
		this.ledger.composite("multi", Map.of("multi", 1, "incr", 1, "pexpire", 1, "exec", 1));
		this.redis.execute(session((operations, key) -> {
			operations.multi();
			operations.opsForValue().increment(key);
			operations.expire(key, Duration.ofMinutes(1));
			return operations.exec();
		}));
	}

	private void watchedTransaction() {
		this.ledger.single();
		this.ledger.single();
		this.ledger.composite("multi", Map.of("multi", 1, "incr", 1, "exec", 1));
		this.redis.execute(session((operations, key) -> {
			operations.watch(key);
			operations.opsForValue().get(key);
			operations.multi();
			operations.opsForValue().increment(key);
			return operations.exec();
		}));
	}

	private SessionCallback<Object> session(BiFunction<RedisOperations<String, String>, String, Object> calls) {
		return new SessionCallback<>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> Object execute(RedisOperations<K, V> operations) {
				return calls.apply((RedisOperations<String, String>) operations, key("session"));
			}

		};
	}

	private static int slots(List<String> keys) {
		return (int) keys.stream().map(CommandKeys::slot).distinct().count();
	}

}
