package io.github.hotplate.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.health.DataRedisHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Boot and Spring Data build on a client by themselves: caches, repositories,
 * listeners, health.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SpringDataIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--foo.url=" + cluster.url(), "--spring.cache.type=redis");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void flush() {
		cluster.flush();
	}

	@Test
	void cachesMethodResults() {
		Squares squares = context.getBean(Squares.class);
		assertThat(context.getBean(CacheManager.class)).isInstanceOf(RedisCacheManager.class);
		int before = squares.calculations();
		IntStream.range(0, 20).forEach((i) -> assertThat(squares.of(i)).isEqualTo(i * i));
		IntStream.range(0, 20).forEach((i) -> assertThat(squares.of(i)).isEqualTo(i * i));
		assertThat(squares.calculations() - before).isEqualTo(20);
		assertThat(keys("squares*")).hasSize(20);
	}

	@Test
	void clearsCacheOnAllShards() {
		Squares squares = context.getBean(Squares.class);
		IntStream.range(0, 20).forEach(squares::of);
		squares.forget();
		assertThat(keys("squares*")).isEmpty();
	}

	@Test
	void repositorySavesFindsAndDeletes() {
		BookRepository books = context.getBean(BookRepository.class);
		Book emma = new Book("1", "Austen", "novel");
		Book letters = new Book("2", "Austen", "letters");
		books.saveAll(List.of(emma, letters, new Book("3", "Woolf", "novel")));
		assertThat(books.findById("1")).contains(emma);
		assertThat(books.findAllById(List.of("1", "2", "4"))).containsExactlyInAnyOrder(emma, letters);
		assertThat(books.count()).isEqualTo(3);
		books.delete(emma);
		assertThat(books.existsById("1")).isFalse();
		books.deleteAll();
		assertThat(keys("books*")).isEmpty();
	}

	@Test
	void repositoryFindsByTwoIndexedProperties() {
		BookRepository books = context.getBean(BookRepository.class);
		Book emma = new Book("1", "Austen", "novel");
		books.saveAll(List.of(emma, new Book("2", "Austen", "letters"), new Book("3", "Woolf", "novel")));
		assertThat(books.findByAuthorAndGenre("Austen", "novel")).containsExactly(emma);
		assertThat(books.findByAuthorAndGenre("Woolf", "letters")).isEmpty();
	}

	@Test
	void listenersHearWhatIsPublished() throws InterruptedException {
		StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
		BlockingQueue<String> heard = new LinkedBlockingQueue<>();
		RedisMessageListenerContainer listeners = new RedisMessageListenerContainer();
		listeners.setConnectionFactory(context.getBean(RedisConnectionFactory.class));
		listeners.addMessageListener((message, pattern) -> heard.add("channel " + message), ChannelTopic.of("news"));
		listeners.addMessageListener((message, pattern) -> heard.add("pattern " + message), PatternTopic.of("new*"));
		listeners.setMaxSubscriptionRegistrationWaitingTime(Duration.ofSeconds(20).toMillis());
		listeners.afterPropertiesSet();
		listeners.start();
		try {
			foo.convertAndSend("news", "hello");
			assertThat(List.of(poll(heard), poll(heard))).containsExactlyInAnyOrder("channel hello", "pattern hello");
			assertThat(context.getBean(ClusterPool.class).totalUsage().active()).isPositive();
		}
		finally {
			listeners.stop();
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(context.getBean(ClusterPool.class).totalUsage().active()).isZero());
	}

	private static String poll(BlockingQueue<String> queue) throws InterruptedException {
		return String.valueOf(queue.poll(10, TimeUnit.SECONDS));
	}

	@Test
	void bootsRedisTemplateStoresObjects() {
		@SuppressWarnings("unchecked")
		RedisTemplate<Object, Object> redisTemplate = context.getBean("redisTemplate", RedisTemplate.class);
		redisTemplate.opsForValue().set("shelf", List.of("Emma", "Orlando"));
		assertThat(redisTemplate.opsForValue().get("shelf")).isEqualTo(List.of("Emma", "Orlando"));
	}

	@Test
	void bootsHealthSeesTheCluster() {
		Health health = new DataRedisHealthIndicator(context.getBean(RedisConnectionFactory.class)).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("cluster_size", 3L).containsEntry("slots_up", 16384L);
	}

	private static Set<String> keys(String pattern) {
		return context.getBean("foo", StringRedisTemplate.class).keys(pattern);
	}

	@EnableAutoConfiguration
	@EnableCaching
	static class Application {

		@Bean
		Squares squares() {
			return new Squares();
		}

	}

	static class Squares {

		private int calculations;

		@Cacheable("squares")
		int of(int number) {
			this.calculations++;
			return number * number;
		}

		@CacheEvict(cacheNames = "squares", allEntries = true)
		void forget() {
		}

		int calculations() {
			return this.calculations;
		}

	}

}
