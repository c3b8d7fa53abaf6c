package io.github.hotplate.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

import io.github.hotplate.config.InvalidClientConfigException;
import io.github.hotplate.observation.RequestMetrics;
import io.github.hotplate.request.RequestKeyValues;
import io.github.hotplate.request.RequestRecords;
import io.github.hotplate.request.RouteStatistics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestConfiguration}.
 */
class RequestConfigurationTests {

	// No server ever listens on port 1.
	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn");

	@Test
	void recordsRequestsWithinTheirObservation() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(RouteStatistics.class)
				.hasSingleBean(RequestKeyValues.class)
				.hasSingleBean(RequestMetrics.class)
				.hasBean("redisRequestEndListener");
			FilterRegistrationBean<?> filter = context.getBean("redisRequestFilter", FilterRegistrationBean.class);
			assertThat(filter.getOrder()).isGreaterThan(Ordered.HIGHEST_PRECEDENCE + 1);
			assertThat(filter.determineDispatcherTypes()).containsExactlyInAnyOrder(DispatcherType.REQUEST,
					DispatcherType.ASYNC, DispatcherType.ERROR);
		});
	}

	@Test
	void nothingIsThereWhenSwitchedOff() {
		this.contextRunner.withPropertyValues("hotplate.request.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(AbstractFilterRegistrationBean.class)
				.doesNotHaveBean("redisRequestEndListener")
				.doesNotHaveBean(RequestRecords.class)
				.doesNotHaveBean(RouteStatistics.class)
				.doesNotHaveBean(RequestMetrics.class));
	}

	@Test
	void nothingIsThereWithoutServletsOrClients() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
			.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RouteStatistics.class));
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RouteStatistics.class));
	}

	@Test
	void worksWithoutMicrometerAndSpringMvc() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer.core", "io.micrometer.tracing",
					"org.springframework.http.server.observation", "org.springframework.web.servlet",
					"org.springframework.boot.actuate"))
			.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("redisRequestFilter")
				.doesNotHaveBean(RequestMetrics.class)
				.doesNotHaveBean(RequestKeyValues.class));
	}

	@Test
	void allowsCustomStatisticsToBeUsed() {
		RouteStatistics custom = new RouteStatistics();
		this.contextRunner.withBean(RouteStatistics.class, () -> custom)
			.run((context) -> assertThat(context).getBean(RouteStatistics.class).isSameAs(custom));
	}

	@Test
	void absurdThresholdFailsStart() {
		this.contextRunner.withPropertyValues("hotplate.request.warn_commands=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidClientConfigException.class, (failure) -> {
					assertThat(failure.getKey()).isEqualTo("hotplate.request.warn_commands");
					assertThat(failure.getValue()).isEqualTo("-1");
				}));
	}

}
