package io.github.hotplate.observation;

import java.time.Duration;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of a client, named and described by OpenTelemetry's conventions for
 * databases.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/semconv/db/database-metrics/">OpenTelemetry's
 * conventions for database metrics</a>
 */
public enum OpenTelemetryMeter {

	/**
	 * Timer of commands, by command and error.
	 */
	OPERATION_DURATION("db.client.operation.duration", "Duration of database client operations."),

	/**
	 * Gauge of connections, by state.
	 */
	CONNECTION_COUNT("db.client.connection.count",
			"The number of connections that are currently in state described by the state attribute."),

	/**
	 * Gauge of the bound on connections.
	 */
	CONNECTION_MAX("db.client.connection.max", "The maximum number of open connections allowed."),

	/**
	 * Gauge of callers that wait for a connection.
	 */
	CONNECTION_PENDING_REQUESTS("db.client.connection.pending_requests",
			"The number of current pending requests for an open connection."),

	/**
	 * Counter of callers that waited for a connection in vain.
	 */
	CONNECTION_TIMEOUTS("db.client.connection.timeouts",
			"The number of connection timeouts that have occurred trying to obtain a connection from the pool."),

	/**
	 * Timer of opening a connection.
	 */
	CONNECTION_CREATE_TIME("db.client.connection.create_time", "The time it took to create a new connection."),

	/**
	 * Timer of getting a connection.
	 */
	CONNECTION_WAIT_TIME("db.client.connection.wait_time",
			"The time it took to obtain an open connection from the pool."),

	/**
	 * Timer of connections in use.
	 */
	CONNECTION_USE_TIME("db.client.connection.use_time",
			"The time between borrowing a connection and returning it to the pool.");

	/**
	 * Upper bounds of the duration's histogram, as the convention advises. It advises
	 * none for the times of connections, which are parts of that duration.
	 */
	private static final Duration[] BUCKETS = LongStream.of(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private final String meterName;

	private final String description;

	OpenTelemetryMeter(String meterName, String description) {
		this.meterName = meterName;
		this.description = description;
	}

	/**
	 * Register a timer with a histogram.
	 * @param tags its tags
	 * @param registry where to register it
	 * @return the timer
	 */
	Timer timer(Tags tags, MeterRegistry registry) {
		return Timer.builder(this.meterName)
			.description(this.description)
			.serviceLevelObjectives(BUCKETS)
			.tags(tags)
			.register(registry);
	}

	/**
	 * Return the name under which the meter is registered.
	 * @return the name of the convention
	 */
	public String meterName() {
		return this.meterName;
	}

	/**
	 * Return what the meter measures.
	 * @return the text of the convention
	 */
	public String description() {
		return this.description;
	}

}
