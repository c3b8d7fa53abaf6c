package io.github.hotplate.observation;

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
			"The number of connection timeouts that have occurred trying to obtain a connection from the pool.");

	private final String meterName;

	private final String description;

	OpenTelemetryMeter(String meterName, String description) {
		this.meterName = meterName;
		this.description = description;
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
