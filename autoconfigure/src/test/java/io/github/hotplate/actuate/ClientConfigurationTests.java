package io.github.hotplate.actuate;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.actuate.ClientReport.ConfigurationReport;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientConfiguration}.
 */
class ClientConfigurationTests {

	private final MockEnvironment environment = new MockEnvironment()
		.withProperty("foo.url", "redis://app:${secret}@host:7000/0")
		.withProperty("foo.password", "0ther")
		.withProperty("foo.max-connections", "20")
		.withProperty("foo.timeout", "250ms")
		.withProperty("secret", "s3cret");

	@Test
	void showsWhatHoldsAndWhereItIsFrom() {
		Map<String, ConfigurationReport> shown = show(false);
		assertThat(shown).containsEntry("foo.mode", new ConfigurationReport("cluster", "default"))
			.containsEntry("foo.max_connections",
					new ConfigurationReport("20", "\"foo.max-connections\" from property source \"mockProperties\""))
			// It follows the one that is set.
			.containsEntry("foo.socket_timeout", new ConfigurationReport("250 milliseconds", "default"))
			.containsEntry("foo.retry.deadline", new ConfigurationReport("30 seconds", "default"))
			.containsEntry("foo.client_name", new ConfigurationReport(null, "default"));
		assertThat(shown.keySet()).startsWith("foo.url", "foo.mode");
	}

	@Test
	void masksSecretsUnlessValuesAreToBeShown() {
		assertThat(value("foo.url", false)).isEqualTo("redis://app:******@host:7000/0");
		assertThat(value("foo.password", false)).isEqualTo("******");
		assertThat(value("foo.url", true)).isEqualTo("redis://app:s3cret@host:7000/0");
		assertThat(value("foo.password", true)).isEqualTo("0ther");
	}

	@Test
	void functionsHaveTheLastWord() {
		SanitizingFunction function = SanitizingFunction.sanitizeValue().ifLikelySensitive();
		assertThat(value("foo.password", true, function)).isEqualTo("******");
		SanitizingFunction all = SanitizingFunction.sanitizeValue()
			.ifMatches((data) -> data.getPropertySource() != null);
		assertThat(value("foo.max_connections", false, all)).isEqualTo("******");
		assertThat(value("foo.max_connections_per_node", false, all)).isEqualTo("false");
	}

	@Test
	void applicationsOwnPoolHasNoConfiguration() {
		assertThat(configuration(List.of()).of("bar", true)).isEmpty();
	}

	private Map<String, ConfigurationReport> show(boolean values) {
		return configuration(List.of()).of("foo", values);
	}

	private Object value(String key, boolean showValues, SanitizingFunction... functions) {
		return configuration(List.of(functions)).of("foo", showValues).get(key).value();
	}

	private ClientConfiguration configuration(List<SanitizingFunction> functions) {
		return new ClientConfiguration((client) -> new ClientConfigReader(this.environment).entries(client + "."),
				functions, new MonitoringFailures());
	}

}
