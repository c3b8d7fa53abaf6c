package io.github.hotplate.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.config.ClientDeclarations;
import io.github.hotplate.config.InvalidClientConfigException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Reports about configuration, with the sources of an application as Boot reads them.
 */
class ConfigurationReportsTests {

	@TempDir
	private Path directory;

	@Test
	@Report("spring-boot #46455")
	void listOfServersInYamlIsUrl() throws IOException {
		write("application.yml", """
				foo:
				  url:
				    - redis://app:secret@redis-1:7000
				    - redis-2:7001
				""");
		assertThat(read().url()).hasToString("redis://app:******@redis-1:7000,redis-2:7001/0");
	}

	@Test
	@Report("spring-boot #46455")
	void addressWithoutSchemeInYamlFailsWithItsOrigin() throws IOException {
		write("application.yml", """
				foo:
				  url: 127.0.0.1:7000
				""");
		InvalidClientConfigException failure = failure();
		assertThat(failure).hasMessage("foo.url: no scheme (value '127.0.0.1:7000')");
		assertThat(failure.getOrigin()).contains("application.yml").contains("2:8");
	}

	@Test
	@Report("spring-boot #46455")
	void addressWithoutSchemeInOneDocumentFails() throws IOException {
		write("application.yml", """
				foo:
				  url: redis://localhost
				---
				spring.config.activate.on-profile: prod
				foo:
				  url: redis-1:7000
				""");
		assertThat(read().url()).hasToString("redis://localhost:6379/0");
		assertThat(failure("--spring.profiles.active=prod")).hasMessage("foo.url: no scheme (value 'redis-1:7000')");
	}

	@Test
	@Report("spring-boot #46455")
	void jsonDeclaresClient() {
		assertThat(
				read("--spring.application.json={\"foo\": {\"url\": [\"redis://a\", \"b\"], \"password\": \"000415\"}}")
					.url()
					.credentials()
					.password())
			.isEqualTo("000415");
	}

	@Test
	@Report("spring-boot #46455")
	void configTreeDeclaresClient() throws IOException {
		Path tree = this.directory.resolve("tree");
		Files.createDirectories(tree.resolve("foo"));
		Files.writeString(tree.resolve("foo/url"), "redis://localhost\n");
		Files.writeString(tree.resolve("foo/password"), "000415\n");
		ClientConfig config = read("--spring.config.import=configtree:" + tree + "/");
		assertThat(config.url().credentials().password()).isEqualTo("000415");
	}

	@Test
	@Report("spring-boot #35612")
	void numberAsPasswordInYamlFailsWithoutValue() throws IOException {
		write("application.yml", """
				foo:
				  url: redis://localhost
				  password: 000415
				""");
		InvalidClientConfigException failure = failure();
		assertThat(failure).hasMessage("foo.password: not a text");
		assertThat(failure.getOrigin()).contains("3:13");
		// The random name of the directory may hold the digits.
		assertThat(report(failure).replace(this.directory.toString(), "")).doesNotContain("269")
			.doesNotContain("415")
			.contains("in quotes");
	}

	@Test
	@Report("spring-framework #9628")
	void escapedPlaceholderInYamlAndPropertiesIsText() throws IOException {
		write("application.yml", """
				foo:
				  url: redis://localhost
				  password: x\\${y}z
				""");
		assertThat(read().url().credentials().password()).isEqualTo("x${y}z");
		write("application.properties", "foo.password=a\\\\${b}c");
		assertThat(read().url().credentials().password()).isEqualTo("a${b}c");
	}

	@Test
	@Report("spring-framework #9628")
	void textsInPropertiesAreReadAsWritten() throws IOException {
		write("application.properties", """
				foo.url=redis://localhost
				foo.username=000415
				foo.password=1e3#{x}$:yes
				""");
		assertThat(read().url().credentials().username()).isEqualTo("000415");
		assertThat(read().url().credentials().password()).isEqualTo("1e3#{x}$:yes");
	}

	private static String report(InvalidClientConfigException failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (type, name, problem) -> {
		})
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.map((analysis) -> analysis.getDescription() + analysis.getAction())
			.findFirst()
			.orElseThrow();
	}

	private InvalidClientConfigException failure(String... arguments) {
		return catchThrowableOfType(InvalidClientConfigException.class, () -> read(arguments));
	}

	private ClientConfig read(String... arguments) {
		SpringApplication application = new SpringApplicationBuilder(Empty.class).web(WebApplicationType.NONE)
			.properties("spring.config.location=optional:" + this.directory.toUri())
			.build();
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(ClientDeclarations.of(environment).names()).containsExactly("foo");
			return new ClientConfigReader(environment).read("foo.");
		}
	}

	private void write(String file, String content) throws IOException {
		Files.writeString(this.directory.resolve(file), content);
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
