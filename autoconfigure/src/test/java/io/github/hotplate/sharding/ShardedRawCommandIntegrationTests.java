package io.github.hotplate.sharding;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
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
