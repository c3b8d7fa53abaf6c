package io.github.hotplate.sample.dashboard;

import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CommandMetersTests {

	private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final CommandMeters meters = new CommandMeters(this.registry);

	@Test
	void readsNothingBeforeTheFirstCommand() {
		assertThat(this.meters.read()).isEmpty();
	}

	@Test
	void addsUpSuccessAndFailureOfACommand() {
		timer("get", true).record(Duration.ofMillis(2));
		timer("get", false).record(Duration.ofMillis(4));
		timer("incr", true).record(Duration.ofMillis(1));
		Map<String, CommandTotals> commands = this.meters.read();
		assertThat(commands).containsOnlyKeys("get", "incr");
		CommandTotals get = commands.get("get");
		assertThat(get.errors()).isEqualTo(1);
		assertThat(get.latency().count()).isEqualTo(2);
		assertThat(get.latency().mean()).isCloseTo(0.003, within(1e-9));
		assertThat(commands.get("incr").errors()).isZero();
	}

	@Test
	void readsTheBucketsInSeconds() {
		timer("get", true).record(Duration.ofMillis(2));
		assertThat(this.meters.read().get("get").latency().buckets())
			.containsExactly(new LatencyHistogram.Bucket(0.001, 0), new LatencyHistogram.Bucket(0.005, 1));
	}

	@Test
	void addsUpTheRetriesOfAllCommandsByReason() {
		retry("get", "CLUSTERDOWN").increment(2);
		retry("set", "CLUSTERDOWN").increment();
		retry("set", "connection").increment();
		assertThat(this.meters.retries()).isEqualTo(Map.of("CLUSTERDOWN", 3L, "connection", 1L));
	}

	private Counter retry(String command, String reason) {
		return Counter.builder("redis.client.retries")
			.tag("redis_command", command)
			.tag("reason", reason)
			.register(this.registry);
	}

	private Timer timer(String command, boolean success) {
		return Timer.builder("redis.client.latency")
			.tag("redis_command", command)
			.tag("redis_success", Boolean.toString(success))
			.serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(5))
			.register(this.registry);
	}

}
