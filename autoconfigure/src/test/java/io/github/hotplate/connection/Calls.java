package io.github.hotplate.connection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;

import io.github.hotplate.template.MonitoredRedisTemplate;

/**
 * Calls of an application, each of them noted in a ledger. For one thread.
 */
abstract class Calls {

	final MonitoredRedisTemplate redis;

	final CallLedger ledger;

	private final String name;

	/**
	 * Create calls.
	 * @param redis the client
	 * @param ledger where they are noted
	 * @param name of the thread, with which its keys begin
	 */
	Calls(MonitoredRedisTemplate redis, CallLedger ledger, String name) {
		this.redis = redis;
		this.ledger = ledger;
		this.name = name;
	}

	abstract List<Runnable> all();

	final Runnable single(Runnable call) {
		return () -> {
			this.ledger.single();
			call.run();
		};
	}

	final Runnable on(Consumer<RedisConnection> call) {
		return single(() -> onConnection(call));
	}

	final void onConnection(Consumer<RedisConnection> call) {
		this.redis.execute((RedisCallback<Object>) (connection) -> {
			call.accept(connection);
			return null;
		});
	}

	final Runnable composite(String command, Map<String, Integer> wire, Runnable call) {
		return () -> {
			this.ledger.composite(command, wire);
			call.run();
		};
	}

	final String key(String key) {
		return this.name + ":" + key;
	}

	final String tagged(String key) {
		return "{" + this.name + "}:" + key;
	}

	static byte[][] all(String... texts) {
		return Arrays.stream(texts).map(Calls::bytes).toArray(byte[][]::new);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
