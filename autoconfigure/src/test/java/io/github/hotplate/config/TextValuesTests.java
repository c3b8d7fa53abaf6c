package io.github.hotplate.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A text is read as it is written, or refused.
 */
class TextValuesTests {

	@ParameterizedTest
	@ValueSource(strings = { "000415", "415", "1e3", "1.50", "0x1F", "1_000", "yes", "on", "true", "12:30:45", ".nan",
			".inf", "!!binary c2VjcmV0", "!!timestamp 2001-01-01" })
	@Report("spring-boot #35612")
	void passwordInYamlIsRefusedUnlessText(String password) {
		InvalidClientConfigException failure = failure("foo: {url: 'redis://localhost', password: " + password + "}");
		assertThat(failure.getKey()).isEqualTo("foo.password");
		assertThat(failure.getReason()).isEqualTo("not a text");
		assertThat(failure.getAction()).contains("foo.password").contains("in quotes");
		assertThat(failure.getValue()).isNull();
		assertThat(failure.getOrigin()).contains("test.yml");
		assertThat(failure.getMessage()).isEqualTo("foo.password: not a text");
	}

	@ParameterizedTest
	@ValueSource(strings = { "username: 000415", "client_name: on", "client-name: 7", "sentinel_password: 1e3",
			"sentinel_username: no", "master: 0123" })
	@Report("spring-boot #35612")
	void otherTextsInYamlAreRefusedUnlessText(String line) {
		InvalidClientConfigException failure = failure(
				"foo: {url: 'redis-sentinel://a,b/c', password: 'x', " + line + "}");
		assertThat(failure.getReason()).isEqualTo("not a text");
		assertThat(failure.getKey()).isEqualTo("foo." + line.split(":")[0].replace('-', '_'));
	}

	@ParameterizedTest
	@ValueSource(strings = { "'000415'", "\"1e3\"", "'yes'", "2024-01-31", "abc", "!!str 0123" })
	void passwordInYamlIsReadAsWritten(String password) {
		String text = password.replace("!!str ", "").replaceAll("['\"]", "");
		assertThat(read("foo: {url: 'redis://localhost', password: " + password + "}").url().credentials().password())
			.isEqualTo(text);
	}

	@Test
	void numbersAndSwitchesInYamlStayNumbersAndSwitches() {
		ClientConfig config = read(
				"foo: {url: 'redis://localhost', max_connections: 5, client_set_name: true, track_key_reads_sample_rate: 0.5}");
		assertThat(config.poolLimits().maxConnections()).isEqualTo(5);
		assertThat(config.clientSetName()).isTrue();
		assertThat(config.sampleRates().reads()).isEqualTo(0.5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "password: ${secret}", "password: ${indirect}", "password: x${secret}" })
	@Report("spring-boot #35612")
	void passwordBehindPlaceholderIsRefusedUnlessText(String line) {
		InvalidClientConfigException failure = failure("foo: {url: 'redis://localhost', \""
				+ line.replace(": ", "\": \"") + "\"}\n" + "secret: 000415\nindirect: ${secret}");
		assertThat(failure).hasMessage("foo.password: not a text");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "${random.int}", "${random.int(1000,9999)}", "x-${random.long}", "${spring.application.pid}" })
	void numberThatNobodyWroteIsText(String password) {
		StandardEnvironment environment = new StandardEnvironment();
		RandomValuePropertySource.addToEnvironment(environment);
		environment.getPropertySources()
			.addLast(new MapPropertySource("applicationInfo", Map.of("spring.application.pid", 4711L)));
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("foo.url", "redis://localhost", "foo.password", password)));
		ConfigurationPropertySources.attach(environment);
		assertThat(new ClientConfigReader(environment).read("foo.").url().credentials().password())
			.matches("(x-)?-?\\d+");
	}

	@Test
	@Report("spring-boot #35612")
	void passwordBehindPlaceholderInUrlIsRefusedUnlessText() {
		InvalidClientConfigException failure = failure(
				"foo: {url: 'redis://:${secret}@${host}:${port}'}\nsecret: 000415\nhost: localhost\nport: 7000");
		assertThat(failure).hasMessage("foo.url: not a text");
	}

	@Test
	void portBehindPlaceholderMayBeNumber() {
		assertThat(
				read("foo: {url: 'redis://:${secret}@${host}:${port}'}\nsecret: '000415'\nhost: localhost\nport: 7000")
					.url())
			.hasToString("redis://:******@localhost:7000/0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "000415", "1e3", "yes", " x ", "a#{b}c", "a$b", "a:b", "a${b", "#!", "$$" })
	void passwordInPropertiesIsReadAsWritten(String password) {
		assertThat(password(password)).isEqualTo(password);
	}

	@ParameterizedTest
	@CsvSource({ "x\\${y}z, x${y}z", "\\${y}, ${y}", "${name}, Ada", "${nowhere:x}, x", "${nowhere:a:b}, a:b",
			"${escaped}, x${y}z", "a${name}b\\${name}, aAdab${name}" })
	@Report("spring-framework #9628")
	void placeholdersAreResolvedOnceAndMayBeEscaped(String password, String resolved) {
		assertThat(password(password)).isEqualTo(resolved);
	}

	@Test
	@Report("spring-framework #9628")
	void escapedPlaceholderInUrlIsPassword() {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://:x\\${y}z@localhost");
		assertThat(new ClientConfigReader(environment).read("foo.").url().credentials().password()).isEqualTo("x${y}z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a$b", "a#{b}c", "a:b", "a${b", "$$", "a%2Fb" })
	void specialCharactersInUrlArePassword(String password) {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url",
				"redis://app:" + password + "@localhost");
		assertThat(new ClientConfigReader(environment).read("foo.").url().credentials().password())
			.isEqualTo(password.replace("%2F", "/"));
	}

	@Test
	void encodedPlaceholderInUrlIsPassword() {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url",
				"redis://:x%24%7By%7Dz%23%7Ba%7D%3A@localhost");
		assertThat(new ClientConfigReader(environment).read("foo.").url().credentials().password())
			.isEqualTo("x${y}z#{a}:");
	}

	@Test
	void partOfPasswordThatLooksLikePlaceholderIsNotShown() {
		InvalidClientConfigException failure = catchThrowableOfType(InvalidClientConfigException.class,
				() -> password("sec${ret}"));
		assertThat(failure.getMessage() + failure.getAction() + failure.getValue()).doesNotContain("ret}")
			.contains("foo.password: unresolved placeholder")
			.contains("write \\${");
	}

	@Test
	void missingVariableIsNamed() {
		assertThat(catchThrowableOfType(InvalidClientConfigException.class, () -> password("${FOO_SECRET}")))
			.hasMessage("foo.password: unresolved placeholder ${FOO_SECRET} (value '******')");
	}

	@Test
	void listOfOneValueKeyIsRefused() {
		InvalidClientConfigException failure = failure("foo: {url: 'redis://localhost', password: [secret, other]}");
		assertThat(failure).hasMessage("foo.password: must not be a list");
		assertThat(failure.getAction()).isEqualTo("Set foo.password to one value.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "password: {value: secret}", "username: {name: secret}",
			"sentinel_password: {a: {b: secret}}" })
	void mapOfOneValueKeyIsRefused(String line) {
		InvalidClientConfigException failure = failure("foo: {url: 'redis://localhost', " + line + "}");
		assertThat(failure).hasMessage("foo." + line.split(":")[0] + ": must not be a map");
		assertThat(failure.getOrigin()).contains("test.yml");
		assertThat(failure.getAction()).doesNotContain("secret");
	}

	private static String password(String password) {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost")
			.withProperty("foo.password", password)
			.withProperty("name", "Ada")
			.withProperty("escaped", "x\\${y}z");
		return new ClientConfigReader(environment).read("foo.").url().credentials().password();
	}

	private static InvalidClientConfigException failure(String yaml) {
		return catchThrowableOfType(InvalidClientConfigException.class, () -> read(yaml));
	}

	private static ClientConfig read(String yaml) {
		StandardEnvironment environment = new StandardEnvironment();
		try {
			new YamlPropertySourceLoader()
				.load("test.yml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "test.yml"))
				.forEach(environment.getPropertySources()::addFirst);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return new ClientConfigReader(environment).read("foo.");
	}

}
