package io.github.hotplate.config;

import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link MisspelledProperties}.
 */
class MisspelledPropertiesTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost");

	@ParameterizedTest
	@CsvSource({ "max_conections, max_connections", "max-conections, max_connections", "maxConections, max_connections",
			"max_connection, max_connections", "tiemout, timeout", "timeouts, timeout", "pasword, password",
			"usernane, username", "startpu, startup", "socket_connection_timeout, socket_connect_timeout",
			"read_from_replica, read_from_replicas", "retry_max_attempts, retry.max_attempts",
			"retryDeadline, retry.deadline", "hot-keys-capacity, hot_keys.capacity",
			"ssl-verify-hostname, ssl.verify_hostname", "track_key_write_sample_rate, track_key_writes_sample_rate" })
	void asksWhatWasMeant(String misspelled, String meant) {
		this.environment.withProperty("foo." + misspelled, "secret");
		InvalidClientConfigException failure = catchThrowableOfType(InvalidClientConfigException.class, this::read);
		assertThat(failure).hasMessage("foo." + misspelled + ": unknown key; did you mean foo." + meant + "?");
		assertThat(failure.getValue()).isNull();
		assertThat(failure.getOrigin()).contains("foo." + misspelled);
		assertThat(failure.getAction()).isEqualTo("Rename it to foo." + meant + ".");
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo.name", "foo.uri", "foo.node", "foo.timeouts-per-day", "foo.db.timeout",
			"foo.a.timeout", "foo.user.name", "foo.items[0].timeout", "foo.connection-count", "bar.max_conections",
			"foobar.tiemout", "my.foo.tiemout", "foo" })
	void leavesOtherPeoplesKeysAlone(String key) {
		this.environment.withProperty(key, "1");
		assertThatNoException().isThrownBy(this::read);
	}

	@ParameterizedTest
	@CsvSource({ "FOO_MAX_CONECTIONS, foo.max_conections, foo.max_connections",
			"FOO_MAXCONECTIONS, foo.maxconections, foo.max_connections",
			"FOO_MAXCONNECTIONS_PERNODE, foo.maxconnections_pernode, foo.max_connections_per_node",
			"FOO_TIEMOUT, foo.tiemout, foo.timeout" })
	void looksAtEnvironmentVariables(String variable, String misspelled, String meant) {
		variable(variable);
		InvalidClientConfigException failure = catchThrowableOfType(InvalidClientConfigException.class, this::read);
		assertThat(failure).hasMessage(misspelled + ": unknown key; did you mean " + meant + "?");
		assertThat(failure.getOrigin()).contains(variable);
	}

	@ParameterizedTest
	@ValueSource(strings = { "FOO_PORT", "FOO_SERVICE_HOST", "FOO_PORT_6379_TCP", "FOO_A_TIMEOUT", "FOO_NODE",
			"FOOTIEMOUT", "PATH" })
	void leavesOtherPeoplesEnvironmentVariablesAlone(String variable) {
		variable(variable);
		assertThatNoException().isThrownBy(this::read);
	}

	@Test
	void acceptsBothSpellingsOfEveryEnvironmentVariable() {
		assertThat(ClientProperties.all()).allSatisfy((key) -> {
			MockEnvironment variables = new MockEnvironment();
			String spaced = "FOO_" + key.name().toUpperCase(Locale.ROOT).replace('.', '_');
			String joined = "FOO_" + key.name().toUpperCase(Locale.ROOT).replace("_", "").replace('.', '_');
			for (String name : new String[] { spaced, joined }) {
				variables.getPropertySources()
					.addFirst(new SystemEnvironmentPropertySource(
							StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "text")));
				assertThatNoException().isThrownBy(
						() -> MisspelledProperties.reject(variables, new PrefixedProperties(variables, "foo.")));
			}
		});
	}

	private void variable(String name) {
		this.environment.getPropertySources()
			.addLast(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of(name, "1")));
	}

	private void read() {
		new ClientConfigReader(this.environment).read("foo.");
	}

}
