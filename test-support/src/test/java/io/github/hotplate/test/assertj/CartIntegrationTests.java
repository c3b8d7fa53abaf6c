package io.github.hotplate.test.assertj;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static io.github.hotplate.test.assertj.RedisAssertions.assertThatRedis;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A team's test that holds an N+1 down.
 */
@SpringBootTest
@ExtendWith(EmbeddedRedisExtension.class)
class CartIntegrationTests {

	private static EmbeddedRedisServer redis;

	@Autowired
	private Carts carts;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("foo.url", redis::url);
		registry.add("foo.mode", () -> "standalone");
	}

	@Test
	void showsCartWithOneCommand() {
		RedisActivity activity = RedisActivity.record(() -> this.carts.show(41));
		assertThatRedis(activity).sentAtMost(1).sentNo("GET").readNoKeyTwice().hasNoFailures();
	}

	@Test
	void showsCartOneByOne() {
		RedisActivity activity = RedisActivity.record(() -> this.carts.showOneByOne(41));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatRedis(activity).sentAtMost(5, "GET"))
			.withMessageContaining("Expected at most 5 GET, but found 41 GET.")
			.withMessageContaining("41 GETs one by one: use multiGet or executePipelined");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Carts.class)
	static class Application {

	}

	static class Carts {

		private final StringRedisTemplate foo;

		Carts(StringRedisTemplate foo) {
			this.foo = foo;
		}

		List<String> show(int items) {
			return this.foo.opsForValue().multiGet(keys(items));
		}

		void showOneByOne(int items) {
			keys(items).forEach(this.foo.opsForValue()::get);
		}

		private static List<String> keys(int items) {
			return IntStream.range(0, items).mapToObj((item) -> "cart:" + item).toList();
		}

	}

}
