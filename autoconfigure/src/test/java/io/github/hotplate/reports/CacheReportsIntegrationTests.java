package io.github.hotplate.reports;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import reactor.core.publisher.Mono;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reports of Boot's cache manager on clients.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class CacheReportsIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisServer standalone;

	private final ApplicationContextRunner fooRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class,
				CacheAutoConfiguration.class))
		.withUserConfiguration(Caching.class)
		.withPropertyValues("foo.url=" + cluster.url(), "spring.cache.redis.enable-statistics=true");

	@BeforeEach
	void forget() {
		this.fooRunner.run((context) -> context.getBean(StringRedisTemplate.class).delete("titles::1"));
	}

	@Test
	@Report("spring-data-redis #2717")
	void futureIsCached() {
		this.fooRunner.run((context) -> {
			Books books = context.getBean(Books.class);
			assertThat(books.future(1).get()).isEqualTo("title 1");
			assertThat(books.future(1).get()).isEqualTo("title 1");
			assertThat(books.calls()).isOne();
			assertThat(context.getBean(StringRedisTemplate.class).hasKey("titles::1")).isTrue();
		});
	}

	@Test
	@Report("spring-data-redis #2717")
	void monoIsCached() {
		this.fooRunner.run((context) -> {
			Books books = context.getBean(Books.class);
			assertThat(books.mono(1).block()).isEqualTo("title 1");
			assertThat(books.mono(1).block()).isEqualTo("title 1");
			assertThat(books.calls()).isOne();
		});
	}

	@Test
	@Report("spring-data-redis #2717")
	void futureIsCachedOnceForSynchronizedCallers() {
		this.fooRunner.run((context) -> {
			Books books = context.getBean(Books.class);
			assertThat(books.synchronizedFuture(1).get()).isEqualTo("title 1");
			assertThat(books.synchronizedFuture(1).get()).isEqualTo("title 1");
			assertThat(books.calls()).isOne();
		});
	}

	@Test
	void failureOfRedisIsFailureOfFuture() {
		this.fooRunner
			.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn", "foo.retry.deadline=1ms",
					"foo.retry.max_attempts=1")
			.run((context) -> assertThat(context.getBean(Books.class).future(1)).failsWithin(Duration.ofSeconds(10)));
	}

	@Test
	@Report("spring-boot #9363")
	void cachesAreKeptByPrimaryClient() {
		this.fooRunner.withPropertyValues("bar.url=" + standalone.url(), "bar.mode=standalone", "hotplate.primary=foo")
			.run((context) -> {
				assertThat(context.getBean(Books.class).title(1)).isEqualTo("title 1");
				assertThat(context.getBean("foo", StringRedisTemplate.class).hasKey("titles::1")).isTrue();
				assertThat(context.getBean("bar", StringRedisTemplate.class).hasKey("titles::1")).isFalse();
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	@Import(Books.class)
	static class Caching {

	}

	static class Books {

		private final AtomicInteger calls = new AtomicInteger();

		int calls() {
			return this.calls.get();
		}

		@Cacheable("titles")
		String title(int id) {
			this.calls.incrementAndGet();
			return "title " + id;
		}

		@Cacheable("titles")
		CompletableFuture<String> future(int id) {
			this.calls.incrementAndGet();
			return CompletableFuture.completedFuture("title " + id);
		}

		@Cacheable(cacheNames = "titles", sync = true)
		CompletableFuture<String> synchronizedFuture(int id) {
			this.calls.incrementAndGet();
			return CompletableFuture.completedFuture("title " + id);
		}

		@Cacheable("titles")
		Mono<String> mono(int id) {
			return Mono.fromSupplier(() -> {
				this.calls.incrementAndGet();
				return "title " + id;
			});
		}

	}

}
