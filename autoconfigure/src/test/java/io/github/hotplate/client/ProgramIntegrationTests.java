package io.github.hotplate.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A client in a program without auto-configuration.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ProgramIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private final Environment environment = new MockEnvironment().withProperty("foo.url", cluster.url());

	@Test
	void threeLinesMakeTemplate() {
		try (ClusterPool pool = ClusterPoolFactory.fromConfig(this.environment, "foo.")) {
			StringRedisTemplate foo = pool.createTemplate();
			foo.opsForValue().set("greeting", "hello");
			assertThat(foo.opsForValue().get("greeting")).isEqualTo("hello");
		}
	}

	@Test
	void commandsAreSplitPipelinedAndRetriedAsInAnApplication() {
		try (ClusterPool pool = ClusterPoolFactory.fromConfig(this.environment, "foo.")) {
			StringRedisTemplate foo = pool.createTemplate();
			assertThat(pool.createTemplate()).isSameAs(foo);
			foo.opsForValue().multiSet(Map.of("a", "1", "b", "2", "c", "3"));
			assertThat(foo.opsForValue().multiGet(List.of("a", "b", "c"))).containsExactly("1", "2", "3");
			assertThat(foo.executePipelined((RedisCallback<?>) (connection) -> connection.stringCommands()
				.get("a".getBytes(StandardCharsets.UTF_8)))).containsExactly("1");
			assertThat(foo.delete(List.of("a", "b", "c"))).isEqualTo(3);
		}
	}

	@Test
	void closedPoolMakesNoTemplate() {
		ClusterPool pool = ClusterPoolFactory.fromConfig(this.environment, "foo.");
		StringRedisTemplate foo = pool.createTemplate();
		pool.close();
		assertThatIllegalStateException().isThrownBy(pool::createTemplate);
		assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> foo.opsForValue().get("greeting"))
			.withMessageContaining("Client 'foo' is closed");
	}

}
