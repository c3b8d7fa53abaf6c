package io.github.hotplate.config;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ClientDeclarations}.
 */
class ClientDeclarationsTests {

	private final MockEnvironment environment = new MockEnvironment();

	@ParameterizedTest
	@ValueSource(strings = { "redis://localhost", "rediss://localhost", "redis-sentinel://localhost/primary",
			"rediss-sentinel://localhost/primary", "REDIS://localhost", " redis://localhost", "redis://${nowhere}:1" })
	void redisUrlDeclaresClient(String url) {
		this.environment.withProperty("foo.url", url);
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(declarations().warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost", "jdbc:postgresql://localhost/redis", "localhost:6379", "redis", "",
			"${nowhere}", "${foo.url}", "amqp://redis://", "valkey://localhost" })
	void otherUrlsDeclareNothing(String url) {
		this.environment.withProperty("foo.url", url);
		assertThat(declarations().names()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.data.redis.url", "my.foo.url", "url", "foo.urls", "foo.url.other", "foo.urls[0]",
			"foo[0].url" })
	void otherKeysDeclareNothing(String key) {
		this.environment.withProperty(key, "redis://localhost");
		assertThat(declarations().names()).isEmpty();
	}

	@Test
	void slipOfThePenInSchemeDeclaresClientThatFails() {
		this.environment.withProperty("foo.url", "reddis://localhost");
		assertThat(declarations().names()).containsExactly("foo");
		assertThatExceptionOfType(InvalidClientConfigException.class)
			.isThrownBy(() -> new ClientConfigReader(this.environment).read("foo."))
			.withMessageContaining("unknown scheme 'reddis'");
	}

	@Test
	void systemEnvironmentDeclaresNothing() {
		variable("REDIS_URL", "redis://localhost");
		assertThat(declarations().names()).isEmpty();
	}

	@Test
	void systemEnvironmentOverridesDeclaredUrl() {
		this.environment.withProperty("foo.url", "");
		variable("FOO_URL", "redis://localhost");
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void clientWhoseUrlIsOverriddenBySomethingElseFailsRatherThanVanishes() {
		this.environment.withProperty("foo.url", "redis://localhost");
		variable("FOO_URL", "http://localhost");
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void resolvesPlaceholders() {
		variable("REDIS_URL", "redis://localhost");
		this.environment.withProperty("foo.url", "${REDIS_URL}");
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void commandLineAndSystemPropertiesDeclareClients() {
		this.environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--foo.url=redis://a"));
		this.environment.getPropertySources()
			.addLast(new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
					Map.of("bar.url", "redis://b")));
		assertThat(declarations().names()).containsExactlyInAnyOrder("foo", "bar");
	}

	@Test
	void nameIsSpeltAsInSourceOfLeastPrecedence() {
		this.environment.withProperty("linkBoard.url", "redis://localhost");
		this.environment.getPropertySources()
			.addFirst(new SimpleCommandLinePropertySource("--link-board.url=redis://other"));
		assertThat(declarations().names()).containsExactly("linkBoard");
	}

	@Test
	void listDeclaresInstead() {
		this.environment.withProperty("foo.url", "redis://localhost")
			.withProperty("bar.url", "redis://app:secret@localhost")
			.withProperty("hotplate.clients", "foo, baz , foo");
		assertThat(declarations().names()).containsExactly("foo", "baz");
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.contains("bar.url")
			.contains("hotplate.clients")
			.doesNotContain("secret");
	}

	@Test
	void listMayBeIndexed() {
		this.environment.withProperty("hotplate.clients[0]", "foo").withProperty("hotplate.clients[1]", "my.bar");
		assertThat(declarations().names()).containsExactly("foo", "my.bar");
	}

	@Test
	void listMayBeAnEnvironmentVariable() {
		variable("HOTPLATE_CLIENTS", "foo,bar");
		assertThat(declarations().names()).containsExactly("foo", "bar");
	}

	@Test
	void emptyListDeclaresNothingInstead() {
		this.environment.withProperty("foo.url", "redis://localhost").withProperty("hotplate.clients", "");
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void listedClientWithoutUrlFails() {
		this.environment.withProperty("hotplate.clients", "foo");
		assertThatExceptionOfType(InvalidClientConfigException.class)
			.isThrownBy(() -> new ClientConfigReader(this.environment).read(declarations().names().get(0) + "."))
			.withMessage("foo.url: no value specified");
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo.", "foo bar", "redis://localhost", "${nowhere}", "-foo" })
	void listedNameMustBePrefix(String name) {
		this.environment.withProperty("hotplate.clients", "bar, " + name);
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(this::declarations)
			.withMessageStartingWith("hotplate.clients: invalid client name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "False", "off", "No", "0" })
	void canBeSwitchedOff(String enabled) {
		this.environment.withProperty("foo.url", "redis://localhost")
			.withProperty("hotplate.clients", "bar")
			.withProperty("hotplate.enabled", enabled);
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of(), List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "True", "on", "YES", "1", "" })
	void isOn(String enabled) {
		this.environment.withProperty("foo.url", "redis://localhost").withProperty("hotplate.enabled", enabled);
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void switchIsTrueOrFalse() {
		this.environment.withProperty("hotplate.enabled", "banana");
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(this::declarations)
			.withMessage("hotplate.enabled: must be true or false (value 'banana')");
	}

	private void variable(String name, String value) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of(name, value)));
	}

	private ClientDeclarations declarations() {
		return ClientDeclarations.of(this.environment);
	}

}
