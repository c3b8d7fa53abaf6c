package io.github.hotplate.observation;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.documentation.Promtool;
import io.github.hotplate.documentation.RequiresPromtool;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Prometheus' own tool finds nothing wrong with what it scrapes, under either convention.
 */
@RequiresPromtool
@ExtendWith(EmbeddedRedisExtension.class)
class ScrapePromtoolIntegrationTests {

	/**
	 * The convention of OpenTelemetry has this name.
	 */
	private static final String KNOWN = "db_client_connection_count non-histogram and non-summary metrics should not have"
			+ " \"_count\" suffix";

	private static EmbeddedRedisCluster cluster;

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	@Test
	void scrapeOfBothConventionsIsClean() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
			.withBean(MeterRegistry.class, () -> this.registry)
			.withPropertyValues("foo.url=" + cluster.url(), "foo.track_key_reads_sample_rate=1",
					"hotplate.metrics.convention=baseplate, opentelemetry")
			.run((context) -> {
				StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
				foo.opsForValue().set("text", "value");
				foo.opsForValue().multiGet(List.of("a", "b", "c", "text"));
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> foo.opsForList().leftPush("text", "value"));
				String scrape = this.registry.scrape();
				assertThat(scrape).contains("redis_client_requests_total", "redis_client_pool_connections_opened_total",
						"db_client_operation_duration_seconds", "db_response_status_code=\"WRONGTYPE\"");
				Promtool.Outcome outcome = Promtool.find()
					.orElseThrow()
					.run(scrape, new String[] { "check", "metrics" });
				assertThat(outcome.output().lines()).containsExactly(KNOWN);
			});
	}

}
