package io.github.hotplate.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InvalidClientConfigFailureAnalyzer}.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidClientConfigFailureAnalyzerTests {

	@Test
	void quotesKeyValueAndOrigin() {
		InvalidClientConfigException failure = new ConfigValue("foo.url", "redis://app:secret@a:0",
				"class path resource [application.yml] - 2:8")
			.invalid("wrong", "Write something else.");
		FailureAnalysis analysis = analyze(failure);
		assertThat(analysis.getDescription()).isEqualToNormalizingNewlines("""
				foo.url: wrong

				    Value: redis://app:******@a:0
				    Origin: class path resource [application.yml] - 2:8""");
		assertThat(analysis.getAction()).isEqualTo("Write something else.");
	}

	@Test
	void saysThatValueIsMissing() {
		FailureAnalysis analysis = analyze(
				new InvalidClientConfigException("foo.url", null, null, "no value specified", "Set it."));
		assertThat(analysis.getDescription()).isEqualTo("foo.url: no value specified");
	}

	@Test
	void explainsWhyApplicationDoesNotStart(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Clients.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> application.run("--foo.url=redis://app:secret@localhost:port"));
		assertThat(output).contains("foo.url: port must be a number from 1 to 65535")
			.contains("Value: redis://app:******@localhost:port")
			.contains("Write foo.url as redis://host:6379")
			.doesNotContain("secret");
	}

	private static FailureAnalysis analyze(InvalidClientConfigException failure) {
		FailureAnalysis analysis = new InvalidClientConfigFailureAnalyzer()
			.analyze(new BeanCreationException("foo", failure));
		assertThat(analysis).isNotNull();
		return analysis;
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		ClientConfig foo(Environment environment) {
			return new ClientConfigReader(environment).read("foo.");
		}

	}

}
