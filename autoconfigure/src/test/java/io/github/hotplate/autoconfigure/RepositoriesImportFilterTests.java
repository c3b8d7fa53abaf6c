package io.github.hotplate.autoconfigure;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RepositoriesImportFilter}, in applications with all that Boot
 * configures by itself.
 */
class RepositoriesImportFilterTests {

	// No server ever listens on port 1.
	private static final List<String> FOO = List.of("--foo.url=redis://127.0.0.1:1", "--foo.startup=warn");

	private static final List<String> BAR = List.of("--bar.url=redis://127.0.0.1:1", "--bar.startup=warn");

	private static final String RESOLVER = "redisReferenceResolver";

	@Test
	void applicationWithSeveralClientsStarts() {
		run(Application.class, Stream.concat(FOO.stream(), BAR.stream()), (context) -> {
			assertThat(context.getBeansOfType(StringRedisTemplate.class)).containsOnlyKeys("foo", "bar");
			assertThat(context.containsBean(RESOLVER)).isFalse();
		});
	}

	@Test
	void applicationWithOneClientHasRepositories() {
		run(Application.class, FOO.stream(), (context) -> assertThat(context.containsBean(RESOLVER)).isTrue());
	}

	@Test
	void applicationWithPrimaryClientHasRepositories() {
		Stream<String> arguments = Stream.of(FOO, BAR, List.of("--hotplate.primary=bar")).flatMap(List::stream);
		run(Application.class, arguments, (context) -> {
			assertThat(context.containsBean(RESOLVER)).isTrue();
			assertThat(context.getBean("redisTemplate", RedisTemplate.class).getConnectionFactory())
				.isSameAs(context.getBean("barConnectionFactory"));
		});
	}

	@Test
	void applicationWithSeveralClientsHasRepositoriesIfItAsksForThem() {
		Stream<String> arguments = Stream.of(FOO, BAR, List.of("--spring.data.redis.repositories.enabled=true"))
			.flatMap(List::stream);
		run(TemplateApplication.class, arguments, (context) -> assertThat(context.containsBean(RESOLVER)).isTrue());
	}

	@Test
	void bootsRepositoriesStayWithoutClients() {
		run(Application.class,
				Stream.concat(FOO.stream(), Stream.concat(BAR.stream(), Stream.of("--hotplate.enabled=false"))),
				(context) -> assertThat(context.containsBean(RESOLVER)).isTrue());
	}

	private static void run(Class<?> application, Stream<String> arguments,
			Consumer<ConfigurableApplicationContext> test) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
			.web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new))) {
			test.accept(context);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TemplateApplication {

		@Bean
		RedisTemplate<?, ?> redisTemplate(RedisConnectionFactory fooConnectionFactory) {
			RedisTemplate<?, ?> template = new RedisTemplate<>();
			template.setConnectionFactory(fooConnectionFactory);
			return template;
		}

	}

}
