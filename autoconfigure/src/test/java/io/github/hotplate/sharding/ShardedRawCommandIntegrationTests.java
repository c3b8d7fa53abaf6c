package io.github.hotplate.sharding;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Commands that are given as a name and bytes, on servers that do not redirect.
 */
class ShardedRawCommandIntegrationTests extends AbstractShardedClientIntegrationTests {

	/**
	 * Where fluster puts keys on three servers.
	 */
	private static final Map<String, Integer> PLACES = Map.of("hi", 0, "redis", 1, "test", 2);

	private static final List<String> KEYS = PLACES.keySet().stream().sorted().toList();

	private static ShardedApplication restricted;

	@BeforeAll
	static void restrict() {
		servers.nodes()
			.forEach((node) -> node.execute("ACL", "SETUSER", "app", "on", ">s3cret", "~*", "&*", "+@all", "-command"));
		restricted = ShardedApplication.start(servers.url().replace("://", "://app:s3cret@"));
	}

	@AfterAll
	static void lift() {
		restricted.close();
		servers.nodes().forEach((node) -> node.execute("ACL", "DELUSER", "app"));
	}

	@Test
	void goesToTheServerOfItsKey() {
		KEYS.forEach((key) -> set(this.foo, key));
		assertThat(places(KEYS)).isEqualTo(PLACES);
	}

	@Test
	@Report("keys of commands by name")
	void goesToTheServerOfItsKeyEvenIfNobodyMarkedTheKey() {
		for (int i = 0; i < 5; i++) {
			KEYS.forEach((key) -> this.foo.execute((RedisCallback<Object>) (connection) -> {
				UnifiedJedis jedis = (UnifiedJedis) connection.getNativeConnection();
				return jedis.executeCommand(new CommandObject<>(new CommandArguments(Command.SET).add(key).add("x"),
						BuilderFactory.STRING));
			}));
		}
		assertThat(places(KEYS)).isEqualTo(PLACES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "FT.SEARCH index text", "ft.create index SCHEMA field TEXT", "FT._LIST",
			"TS.MGET FILTER a=b", "ts.mrange - + FILTER a=b", "TS.QUERYINDEX a=b" })
	@Report("keys of commands by name")
	void isRefusedIfItWouldFindWhatIsOnOneServerOnly(String line) {
		String[] words = line.split(" ");
		byte[][] arguments = Stream.of(words).skip(1).map((word) -> bytes(word)).toArray(byte[][]::new);
		Stream<RedisCallback<Object>> ways = Stream.of((connection) -> connection.execute(words[0], arguments),
				(connection) -> {
					connection.openPipeline();
					connection.execute(words[0], arguments);
					return connection.closePipeline();
				}, (connection) -> {
					connection.multi();
					return connection.execute(words[0], arguments);
				}, (connection) -> {
					connection.watch(bytes("key"));
					return connection.execute(words[0], arguments);
				});
		ways.forEach((way) -> assertThatException().isThrownBy(() -> this.foo.execute(way))
			.satisfies((failure) -> assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
				.isInstanceOf(InvalidDataAccessApiUsageException.class)
				.hasMessageContainingAll("about the keys on one of several servers only", "ShardedRedisCluster")));
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> this.shards.getClient("key")
				.execute((RedisCallback<Object>) (connection) -> connection.execute(words[0], arguments)))
			.withMessageContaining("unknown command");
	}

	@Test
	void isNotSentAnywhereWhereItsKeysAreUnknown() {
		KEYS.forEach((key) -> assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
			.isThrownBy(() -> set(restricted.foo(), key))
			.withMessageContainingAll("SET", "+command|info"));
		assertThat(places(KEYS)).isEmpty();
		KEYS.forEach((key) -> restricted.foo().opsForValue().set(key, "x"));
		assertThat(places(KEYS)).isEqualTo(PLACES);
	}

	@Test
	void goesToTheServerOfItsClientEvenIfItsKeysAreUnknown() {
		KEYS.forEach((key) -> set(restricted.shards().getClient(key), key));
		assertThat(places(KEYS)).isEqualTo(PLACES);
	}

	private static void set(StringRedisTemplate template, String key) {
		template.execute((RedisCallback<Object>) (connection) -> connection.execute("SET", bytes(key), bytes("x")));
	}

}
