package io.github.hotplate.connection;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Transactions whose keys hash to one slot.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class TransactionIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static Client client;

	@BeforeAll
	static void connect() {
		client = new Client(cluster.url(), Map.of("foo.max_connections", "4"));
	}

	@AfterAll
	static void disconnect() {
		client.close();
	}

	@Test
	void runsCommandsTogether() {
		List<Object> results = inSession((operations) -> {
			operations.multi();
			operations.opsForValue().set("{t}:a", "1");
			operations.opsForValue().increment("{t}:a");
			operations.opsForValue().get("{t}:a");
			return operations.exec();
		});
		assertThat(results).containsExactly(true, 2L, "2");
		assertThat(client.measured("multi")).isPositive();
		assertNothingIsInUse();
	}

	@Test
	void answersNothingWhenWatchedKeyWasChanged() {
		client.template().opsForValue().set("{w}:a", "1");
		List<Object> results = inSession((operations) -> {
			operations.watch("{w}:a");
			assertThat(operations.opsForValue().get("{w}:a")).isEqualTo("1");
			client.template().opsForValue().set("{w}:a", "changed");
			operations.multi();
			operations.opsForValue().set("{w}:b", "2");
			return operations.exec();
		});
		assertThat(results).isNullOrEmpty();
		assertThat(client.template().hasKey("{w}:b")).isFalse();
		assertNothingIsInUse();
	}

	@Test
	void runsWhenWatchedKeyIsUnchanged() {
		client.template().opsForValue().set("{u}:a", "1");
		List<Object> results = inSession((operations) -> {
			operations.watch("{u}:a");
			operations.multi();
			operations.opsForValue().increment("{u}:a");
			return operations.exec();
		});
		assertThat(results).containsExactly(2L);
		assertNothingIsInUse();
	}

	@Test
	void refusesSecondSlotBeforeAnythingIsSent() {
		assertThatExceptionOfType(CrossSlotException.class).isThrownBy(() -> inSession((operations) -> {
			operations.multi();
			operations.opsForValue().set("first", "1");
			operations.opsForValue().set("second", "2");
			return operations.exec();
		})).withMessageContaining("'first'").withMessageContaining("'second'");
		assertThat(client.template().hasKey("first")).isFalse();
		assertNothingIsInUse();
	}

	@Test
	void discardsWithoutTrace() {
		inSession((operations) -> {
			operations.watch("{d}:a");
			operations.multi();
			operations.opsForValue().set("{d}:a", "1");
			operations.discard();
			return List.of();
		});
		assertThat(client.template().hasKey("{d}:a")).isFalse();
		assertNothingIsInUse();
	}

	// The client may be asking its servers something.
	private static void assertNothingIsInUse() {
		await().until(() -> client.pool().totalUsage().active() == 0);
	}

	private static List<Object> inSession(Session session) {
		StringRedisTemplate template = client.template();
		return template.execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> @Nullable List<Object> execute(RedisOperations<K, V> operations) throws DataAccessException {
				return session.run((RedisOperations<String, String>) operations);
			}

		});
	}

	private interface Session {

		List<Object> run(RedisOperations<String, String> operations);

	}

}
