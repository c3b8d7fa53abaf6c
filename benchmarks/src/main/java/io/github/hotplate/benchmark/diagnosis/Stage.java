package io.github.hotplate.benchmark.diagnosis;

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.tracing.Tracer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.HotplateClient;
import io.github.hotplate.execution.CommandAdviceFactory;

/**
 * How much of the diagnosis is switched on.
 */
enum Stage {

	/**
	 * Not even a record of each call, by a bean in the place of Hotplate's.
	 */
	NOTHING("nothing", false, Meters.NONE, 0, Unrecorded.class),

	/**
	 * The same again.
	 */
	NOTHING_AGAIN("nothing, again", false, Meters.NONE, 0, Unrecorded.class),

	/**
	 * Records that nobody reads.
	 */
	OFF("all switched off", false, Meters.NONE, 0),

	/**
	 * Commands count for the activity of a request.
	 */
	ACTIVITY("request activity", true, Meters.NONE, 0),

	/**
	 * Slow calls are kept as well.
	 */
	SLOW_CALLS("+ slow calls", true, Meters.NONE, 50),

	/**
	 * A flight recording of slow commands runs as well.
	 */
	RECORDING("+ JFR recording", true, Meters.NONE, 50) {

		@Override
		BenchmarkClient open(ClusterAccess access) {
			return new FlightRecordedClient(super.open(access));
		}

	},

	/**
	 * A tracer that makes no spans.
	 */
	NO_OP_TRACER("tracer that makes no spans", false, Meters.NONE, 0, NoOpTracing.class),

	/**
	 * Baseplate's meters alone.
	 */
	BASEPLATE("meters of baseplate", false, Meters.BASEPLATE, 0),

	/**
	 * Both sets of meters.
	 */
	BOTH("meters of both conventions", false, Meters.BOTH, 0),

	/**
	 * What an application has by default.
	 */
	DEFAULT("default: activity, slow calls, meters", true, Meters.BASEPLATE, 50);

	private static final String EXCLUDED = "org.springframework.boot.micrometer.metrics.autoconfigure."
			+ "CompositeMeterRegistryAutoConfiguration,org.springframework.boot.micrometer.metrics.autoconfigure.export."
			+ "simple.SimpleMetricsExportAutoConfiguration,org.springframework.boot.micrometer.metrics.autoconfigure."
			+ "export.prometheus.PrometheusMetricsExportAutoConfiguration";

	private final String label;

	private final boolean inRequests;

	private final Meters meters;

	private final int slowCalls;

	private final Class<?>[] configurations;

	Stage(String label, boolean inRequests, Meters meters, int slowCalls, Class<?>... configurations) {
		this.label = label;
		this.inRequests = inRequests;
		this.meters = meters;
		this.slowCalls = slowCalls;
		this.configurations = configurations;
	}

	BenchmarkClient open(ClusterAccess access) {
		Map<String, String> properties = new LinkedHashMap<>();
		if (this.meters == Meters.NONE) {
			properties.put("spring.autoconfigure.exclude", EXCLUDED);
		}
		properties.put("hotplate.metrics.convention", this.meters.convention);
		ClusterAccess slow = access.withHotplate("slow_calls.capacity", Integer.toString(this.slowCalls));
		BenchmarkClient client = HotplateClient.open(slow, properties, this.configurations).asBenchmarkClient();
		return this.inRequests ? new RequestingClient(client) : client;
	}

	/**
	 * Return what the report calls the stage.
	 */
	@Override
	public String toString() {
		return this.label;
	}

	private enum Meters {

		NONE("baseplate"), BASEPLATE("baseplate"), BOTH("baseplate, opentelemetry");

		private final String convention;

		Meters(String convention) {
			this.convention = convention;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unrecorded {

		@Bean
		CommandAdviceFactory recordingCommandAdviceFactory() {
			return (config) -> null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoOpTracing {

		@Bean
		Tracer tracer() {
			return Tracer.NOOP;
		}

	}

}
