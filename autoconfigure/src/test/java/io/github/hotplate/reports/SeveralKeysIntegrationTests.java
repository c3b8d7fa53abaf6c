package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Range;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Point;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisGeoCommands;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.domain.geo.GeoReference;
import org.springframework.data.redis.domain.geo.GeoShape;

import io.github.hotplate.execution.CrossSlotException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A command that stores what it finds under another key either does so, or says that it
 * cannot. It never empties the other key.
 */
class SeveralKeysIntegrationTests extends EveryMode {

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	@Report({ "ZRANGESTORE and GEOSEARCHSTORE", "keys of commands by name" })
	void storedOrRefusedWithoutLoss(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		int stored = 0;
		int refused = 0;
		for (int i = 0; i < 12; i++) {
			byte[] source = bytes("from:" + i);
			byte[] destination = bytes("to:" + i);
			foo.opsForGeo().add("from:" + i, new Point(1, 1), "new");
			for (Map.Entry<String, Function<RedisConnection, Object>> store : stores(source, destination).entrySet()) {
				foo.delete("to:" + i);
				foo.opsForZSet().add("to:" + i, "old", 1);
				Throwable failure = catchThrowable(
						() -> foo.execute((RedisCallback<Object>) (connection) -> store.getValue().apply(connection)));
				Set<String> found = foo.opsForZSet().range("to:" + i, 0, -1);
				if (failure == null) {
					assertThat(found).as(store.getKey()).containsExactly("new");
					stored++;
				}
				else {
					assertThat(failure).as(store.getKey()).matches(SeveralKeysIntegrationTests::isCrossSlot);
					assertThat(found).as(store.getKey()).containsExactly("old");
					refused++;
				}
			}
		}
		if (mode.equals("cluster") || mode.equals("sharded")) {
			assertThat(refused).isPositive();
		}
		else {
			assertThat(refused).isZero();
			assertThat(stored).isPositive();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SORT < BY weight:*", "sort < get weight:*", "SORT_RO < LIMIT 0 9 GET # GET weight:*",
			"SORT < ALPHA BY weight:*->field STORE >" })
	@Report("SORT by keys of other servers")
	void sortByKeysOfOtherServersIsRefusedInsteadOfMissingThem(String line) {
		StringRedisTemplate foo = clients.get("sharded");
		foo.delete(List.of("sorted", "stored"));
		foo.opsForList().rightPushAll("sorted", "1", "2");
		foo.opsForValue().set("stored", "old");
		ways(line).forEach((way, sort) -> assertThatException().as(way)
			.isThrownBy(() -> foo.execute((RedisCallback<Object>) sort::apply))
			.satisfies((failure) -> assertThat(rootOf(failure)).isInstanceOf(InvalidDataAccessApiUsageException.class)
				.hasMessageContaining("cannot look up the keys of BY and GET")
				.hasMessageContaining("ShardedRedisCluster")));
		assertThat(foo.opsForValue().get("stored")).isEqualTo("old");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SORT < BY nosort GET #", "SORT_RO < DESC ALPHA LIMIT 0 9", "SORT < BY none GET none" })
	void sortWithoutOtherKeysIsSent(String line) {
		StringRedisTemplate foo = clients.get("sharded");
		foo.delete("sorted");
		foo.opsForList().rightPushAll("sorted", "1", "2");
		ways(line).forEach((way, sort) -> assertThat(foo.execute((RedisCallback<Object>) sort::apply)).as(way)
			.isInstanceOf(List.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SCAN", "MSET < 1 > 2 k", "MSETNX < 1 >", "RENAME < > k", "renamenx < > k", "SMOVE < >",
			"SMOVE < > m m", "RPOPLPUSH < > k", "BRPOPLPUSH < >" })
	@Report("keys of commands by name")
	void commandWithWrongNumberOfArgumentsIsAnErrorAsOnOneServer(String line) {
		for (String mode : clients.modes()) {
			StringRedisTemplate foo = clients.get(mode);
			foo.delete(List.of("from:1", "to:2"));
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).as(mode)
				.isThrownBy(() -> foo.execute(
						(RedisCallback<Object>) (connection) -> raw(connection, line, bytes("from:1"), bytes("to:2"))))
				.withMessageContaining("wrong number of arguments for '" + line.split(" ")[0].toLowerCase(Locale.ROOT));
			assertThat(foo.countExistingKeys(List.of("from:1", "to:2"))).isZero();
		}
	}

	// Servers differ in whether no digits are a zero.
	@ParameterizedTest
	@ValueSource(strings = { "HSCAN none", "SSCAN none", "ZSCAN none" })
	@Report("keys of commands by name")
	void emptyCursorIsLeftToRedis(String line) {
		for (String mode : clients.modes()) {
			Throwable failure = catchThrowable(() -> clients.get(mode)
				.execute((RedisCallback<Object>) (connection) -> raw(connection, line + " <", bytes(""), bytes(""))));
			if (failure != null) {
				assertThat(failure).as(mode)
					.isInstanceOf(InvalidDataAccessApiUsageException.class)
					.hasMessageContaining("invalid cursor");
			}
		}
	}

	private static Map<String, Function<RedisConnection, Object>> ways(String line) {
		Function<RedisConnection, Object> sort = (connection) -> raw(connection, line, bytes("sorted"),
				bytes("stored"));
		Map<String, Function<RedisConnection, Object>> ways = new LinkedHashMap<>();
		ways.put("alone", sort);
		ways.put("in a pipeline", (connection) -> {
			connection.openPipeline();
			sort.apply(connection);
			return connection.closePipeline();
		});
		ways.put("in a transaction", (connection) -> {
			connection.multi();
			sort.apply(connection);
			return connection.exec();
		});
		ways.put("while watching", (connection) -> {
			connection.watch(bytes("sorted"));
			try {
				return sort.apply(connection);
			}
			finally {
				connection.unwatch();
			}
		});
		return ways;
	}

	private static Throwable rootOf(Throwable failure) {
		return (failure.getCause() != null) ? rootOf(failure.getCause()) : failure;
	}

	private static boolean isCrossSlot(Throwable failure) {
		return failure instanceof CrossSlotException || (failure.getCause() != null && isCrossSlot(failure.getCause()));
	}

	private static Map<String, Function<RedisConnection, Object>> stores(byte[] source, byte[] destination) {
		Map<String, Function<RedisConnection, Object>> stores = new LinkedHashMap<>();
		stores.put("typed ZRANGESTORE", (connection) -> connection.zSetCommands()
			.zRangeStoreByScore(destination, source, Range.unbounded(), Limit.unlimited()));
		stores.put("typed GEOSEARCHSTORE", (connection) -> search(connection, destination, source));
		stores.put("typed ZUNIONSTORE", (connection) -> connection.zSetCommands().zUnionStore(destination, source));
		for (String line : List.of("ZRANGESTORE > < 0 -1", "ZUNIONSTORE > 1 <", "GEORADIUS < 1 1 9 km STORE >",
				"GEORADIUSBYMEMBER < new 9 km STORE >", "GEOSEARCHSTORE > < FROMLONLAT 1 1 BYRADIUS 9 km")) {
			stores.put(line, (connection) -> raw(connection, line, source, destination));
			stores.put(line.toLowerCase(Locale.ROOT),
					(connection) -> raw(connection, line.toLowerCase(Locale.ROOT), source, destination));
		}
		new LinkedHashMap<>(stores).forEach((name, store) -> {
			stores.put(name + " in a pipeline", (connection) -> {
				connection.openPipeline();
				store.apply(connection);
				return connection.closePipeline();
			});
			stores.put(name + " in a transaction", (connection) -> {
				connection.multi();
				store.apply(connection);
				return connection.exec();
			});
		});
		return stores;
	}

	private static Long search(RedisConnection connection, byte[] destination, byte[] source) {
		return connection.geoCommands()
			.geoSearchStore(destination, source, GeoReference.fromMember(bytes("new")),
					GeoShape.byRadius(new Distance(9, RedisGeoCommands.DistanceUnit.KILOMETERS)),
					RedisGeoCommands.GeoSearchStoreCommandArgs.newGeoSearchStoreArgs());
	}

	private static Object raw(RedisConnection connection, String line, byte[] source, byte[] destination) {
		String[] words = line.split(" ");
		byte[][] arguments = new byte[words.length - 1][];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = switch (words[i + 1]) {
				case "<" -> source;
				case ">" -> destination;
				default -> bytes(words[i + 1]);
			};
		}
		return connection.execute(words[0], arguments);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
