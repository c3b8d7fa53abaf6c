package io.github.hotplate.sample.embedded;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedRedisInitializerTests {

	private static final String URL = "redis://redis.example.com:6379";

	@Test
	void startsNothingWhenTheUrlIsConfigured() {
		assertThatNothingIsStartedWith(new MapPropertySource("application", Map.of("foo.url", URL)));
	}

	@Test
	void startsNothingWhenTheUrlIsAnEnvironmentVariable() {
		assertThatNothingIsStartedWith(new SystemEnvironmentPropertySource(
				StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of("FOO_URL", URL)));
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
