package io.github.hotplate.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MetricsConvention}.
 */
class MetricsConventionTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void isBaseplatesByDefault() {
		assertThat(MetricsConvention.of(this.environment)).containsExactly(MetricsConvention.BASEPLATE);
		this.environment.setProperty("hotplate.metrics.convention", "");
		assertThat(MetricsConvention.of(this.environment)).containsExactly(MetricsConvention.BASEPLATE);
	}

	@Test
	void isReplacedByAnother() {
		this.environment.setProperty("hotplate.metrics.convention", "OpenTelemetry");
		assertThat(MetricsConvention.of(this.environment)).containsExactly(MetricsConvention.OPENTELEMETRY);
	}

	@Test
	void canBeBoth() {
		this.environment.setProperty("hotplate.metrics.convention", "opentelemetry, baseplate");
		assertThat(MetricsConvention.of(this.environment)).containsExactly(MetricsConvention.values());
	}

	@Test
	void canBeList() {
		this.environment.setProperty("hotplate.metrics.convention[0]", "opentelemetry");
		assertThat(MetricsConvention.of(this.environment)).containsExactly(MetricsConvention.OPENTELEMETRY);
		this.environment.setProperty("hotplate.metrics.convention[1]", "baseplate");
		assertThat(MetricsConvention.of(this.environment)).containsExactly(MetricsConvention.values());
	}

	@ParameterizedTest
	@ValueSource(strings = { "otel", "baseplate,", "baseplate opentelemetry" })
	void unknownOneIsRefused(String convention) {
		this.environment.setProperty("hotplate.metrics.convention", convention);
		assertThatExceptionOfType(InvalidClientConfigException.class)
			.isThrownBy(() -> MetricsConvention.of(this.environment))
			.withMessageStartingWith("hotplate.metrics.convention: unknown value")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("baseplate, opentelemetry"));
	}

	@Test
	void spansFollowMetersUnlessToldOtherwise() {
		assertThat(MetricsConvention.ofSpans(this.environment)).isEqualTo(MetricsConvention.BASEPLATE);
		this.environment.setProperty("hotplate.metrics.convention", "opentelemetry");
		assertThat(MetricsConvention.ofSpans(this.environment)).isEqualTo(MetricsConvention.OPENTELEMETRY);
		this.environment.setProperty("hotplate.metrics.convention", "baseplate, opentelemetry");
		assertThat(MetricsConvention.ofSpans(this.environment)).isEqualTo(MetricsConvention.BASEPLATE);
		this.environment.setProperty("hotplate.spans.convention", "OpenTelemetry");
		assertThat(MetricsConvention.ofSpans(this.environment)).isEqualTo(MetricsConvention.OPENTELEMETRY);
	}

	@Test
	void spansHaveOneKnownConvention() {
		this.environment.setProperty("hotplate.spans.convention", "baseplate, opentelemetry");
		assertThatExceptionOfType(InvalidClientConfigException.class)
			.isThrownBy(() -> MetricsConvention.ofSpans(this.environment))
			.withMessageStartingWith("hotplate.spans.convention: unknown value");
	}

}
