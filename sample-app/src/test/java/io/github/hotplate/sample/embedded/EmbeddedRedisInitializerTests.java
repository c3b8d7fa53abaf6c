package io.github.hotplate.sample.embedded;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.hotplate.config.ClientMode;
import io.github.hotplate.config.InvalidClientConfigException;
import io.github.hotplate.sample.SampleApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class EmbeddedRedisInitializerTests {

	private static final String URL = "redis://redis.example.com:6379";

	@ParameterizedTest
	@EnumSource
	void startsNothingWhenTheUrlIsConfigured(ClientMode mode) {
		assertThatNothingIsStartedWith(
				new MapPropertySource("application", Map.of("foo.url", URL, "foo.mode", mode.label())));
	}

	@Test
	void startsNothingWhenTheUrlIsAnEnvironmentVariable() {
		assertThatNothingIsStartedWith(new SystemEnvironmentPropertySource(
				StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of("FOO_URL", URL)));
	}

	@Test
	void leavesAnUnknownModeToTheClient() {
		SpringApplicationBuilder application = new SpringApplicationBuilder(SampleApplication.class)
			.properties("server.port=0");
		assertThatException().isThrownBy(() -> application.run("--foo.mode=clustre"))
			.satisfies((ex) -> assertThat(Stream.<Throwable>iterate(ex, (cause) -> cause != null, Throwable::getCause))
				.filteredOn(InvalidClientConfigException.class::isInstance)
				.singleElement()
				.asString()
				.contains("foo.mode: unknown value"));
	}

	private static void assertThatNothingIsStartedWith(PropertySource<?> source) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.getEnvironment().getPropertySources().addFirst(source);
			new EmbeddedRedisInitializer().initialize(context);
			assertThat(context.getBeanDefinitionNames()).isEmpty();
			assertThat(context.getEnvironment().getProperty("foo.url")).isEqualTo(URL);
		}
	}

}
