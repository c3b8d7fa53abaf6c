package io.github.hotplate.activity;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ValueOperations;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.client.Internals;
import io.github.hotplate.reports.EveryMode;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.EmbeddedRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an activity sees of clients in each mode that no Spring application is around.
 */
class ActivityIntegrationTests extends EveryMode {

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	void seesKeptOperationsAndTemplatesOfTheirOwn(String mode) {
		ValueOperations<String, String> kept = clients.get(mode).opsForValue();
		StringRedisTemplate own = new StringRedisTemplate(clients.get(mode).getRequiredConnectionFactory());
		RedisActivity activity = RedisActivity.record(() -> {
			kept.set("a", "1");
			assertThat(kept.get("a")).isEqualTo("1");
			assertThat(own.opsForValue().get("a")).isEqualTo("1");
			try (RedisConnection connection = own.getRequiredConnectionFactory().getConnection()) {
				assertThat(connection.keyCommands().exists("a".getBytes())).isTrue();
			}
		});
		assertThat(activity).asString().endsWith(": 2 GET, 1 EXISTS, 1 SET");
		assertThat(activity.client("foo").commands()).isEqualTo(4);
		assertThat(activity.repeatedReads()).isEqualTo(2);
		assertThat(activity.time()).isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	void countsWhatIsSentToSeveralNodesAsOne(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		RedisActivity activity = RedisActivity.record(() -> {
			foo.opsForValue().multiGet(List.of("a", "b", "c", "d", "e", "f"));
			foo.delete(List.of("a", "b", "c", "d", "e", "f"));
			foo.keys("no:*");
		});
		assertThat(activity).asString().endsWith(": 1 DEL, 1 KEYS, 1 MGET");
		assertThat(activity.remedies()).singleElement().asString().startsWith("KEYS looks at every key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	void seesPipelinesTransactionsAndScripts(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		RedisActivity activity = RedisActivity.record(() -> {
			foo.executePipelined((RedisCallback<@Nullable Object>) (connection) -> {
				for (int i = 0; i < 6; i++) {
					connection.stringCommands().get(("key:" + i).getBytes());
				}
				return null;
			});
			foo.execute(new SessionCallback<@Nullable Object>() {

				@Override
				@SuppressWarnings("unchecked")
				public <K, V> @Nullable Object execute(RedisOperations<K, V> operations) {
					operations.multi();
					operations.opsForValue().set((K) "{t}:1", (V) "1");
					operations.opsForValue().get("{t}:1");
					return operations.exec();
				}

			});
			foo.execute(RedisScript.of("return 'x'", String.class), List.of("a"));
		});
		assertThat(activity.commands("PIPELINE")).isOne();
		assertThat(activity.commands("MULTI")).isOne();
		assertThat(activity.commands("GET")).isZero();
		assertThat(activity.pipelined("GET")).isEqualTo(7);
		assertThat(activity.pipelined("SET")).isOne();
		assertThat(activity.commands("EVALSHA")).isOne();
		assertThat(activity.remedies()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	void countsErrorRepliesAsFailures(String mode) {
		StringRedisTemplate foo = clients.get(mode);
		foo.opsForValue().set("text", "x");
		RedisActivity activity = RedisActivity.record(() -> assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> foo.opsForList().leftPush("text", "x")));
		assertThat(activity.failures()).isOne();
		assertThat(activity.byCommand().get("LPUSH").failures()).isOne();
	}

	@Test
	void doesNotSeeWhatTheClientItselfDoes(EmbeddedRedisCluster cluster) {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", cluster.url())
			.withProperty("foo.track_key_reads_sample_rate", "1")
			.withProperty("foo.hot_keys.flush_interval", "100 milliseconds")
			.withProperty("foo.topology_refresh_period", "1 second");
		try (ClusterPool pool = ClusterPoolFactory.fromConfig(environment, "foo.")) {
			MonitoredRedisTemplate foo = pool.createTemplate();
			RedisActivity activity = RedisActivity.record(() -> {
				foo.opsForValue().get("a");
				Internals.refresh(pool);
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> clients.get("cluster").hasKey("baseplate-hot-key-tracker-reads"));
			});
			assertThat(foo.diagnostics().commands()).isOne();
			assertThat(activity.commands("GET")).isOne();
			assertThat(activity.byCommand()).containsOnlyKeys("GET");
		}
	}

}
