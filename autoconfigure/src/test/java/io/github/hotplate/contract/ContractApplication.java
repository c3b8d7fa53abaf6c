package io.github.hotplate.contract;

import java.util.Objects;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;

/**
 * An application with the client {@code foo}, which can be restarted.
 */
final class ContractApplication implements AutoCloseable {

	private final String mode;

	private final String url;

	private ConfigurableApplicationContext context;

	private StringRedisTemplate foo;

	/**
	 * Create an application that is not started yet.
	 * @param mode how the servers work together
	 * @param url where they are
	 */
	ContractApplication(String mode, String url) {
		this.mode = mode;
		this.url = url;
	}

	/**
	 * Start or restart the application.
	 * @param properties what else to configure, such as {@code max_connections=2}
	 */
	void start(String... properties) {
		close();
		Stream<String> arguments = Stream
			.concat(Stream.of("url=" + this.url, "mode=" + this.mode, "client_name=contract", "client_set_name=true"),
					Stream.of(properties))
			.map("--foo."::concat);
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new));
		this.foo = this.context.getBean("foo", StringRedisTemplate.class);
	}

	StringRedisTemplate foo() {
		return Objects.requireNonNull(this.foo);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		SimpleTracer tracer() {
			return new SimpleTracer();
		}

	}

}
