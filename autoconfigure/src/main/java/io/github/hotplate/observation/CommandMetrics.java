package io.github.hotplate.observation;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;

import io.github.hotplate.activity.CommandLabels;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The command meters of an application's clients. Clients whose tags are equal, such as
 * those without a {@code client_name}, share their meters; the last of them to close
 * removes the meters. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CommandMetrics {

	private final CommandMeterConvention convention;

	private final MeterRegistry registry;

	private final CommandLabels labels;

	private final MonitoringFailures failures;

	private final Map<CommandTags, Shared> clients = new HashMap<>();

	/**
	 * Create metrics under baseplate's names.
	 * @param registry where to register the meters
	 */
	public CommandMetrics(MeterRegistry registry) {
		this(CommandMeterConvention.BASEPLATE, registry, CommandLabels.SHARED, new MonitoringFailures());
	}

	CommandMetrics(CommandMeterConvention convention, MeterRegistry registry, CommandLabels labels,
			MonitoringFailures failures) {
		this.convention = convention;
		this.registry = registry;
		this.labels = labels;
		this.failures = failures;
	}

	/**
	 * Create metrics under baseplate's names.
	 * @param registry where to register the meters
	 * @param failures counts failures of the registry
	 * @return the metrics
	 * @see RedisMeter
	 */
	public static CommandMetrics baseplate(MeterRegistry registry, MonitoringFailures failures) {
		return new CommandMetrics(CommandMeterConvention.BASEPLATE, registry, CommandLabels.SHARED, failures);
	}

	/**
	 * Create metrics under OpenTelemetry's names.
	 * @param registry where to register the meters
	 * @param failures counts failures of the registry
	 * @return the metrics
	 * @see OpenTelemetryMeter
	 */
	public static CommandMetrics openTelemetry(MeterRegistry registry, MonitoringFailures failures) {
		return new CommandMetrics(CommandMeterConvention.OPENTELEMETRY, registry, CommandLabels.SHARED, failures);
	}

	/**
	 * Return advice that measures the commands of one client.
	 * @param tags what distinguishes the client's meters
	 * @return the advice, to be closed with the client
	 */
	public MetricsAdvice advice(CommandTags tags) {
		CommandTags relevant = this.convention.relevant(tags);
		return new MetricsAdvice(acquire(relevant), System::nanoTime, () -> release(relevant));
	}

	private synchronized ClientMeters acquire(CommandTags tags) {
		Shared shared = this.clients.computeIfAbsent(tags,
				(key) -> new Shared(new ClientMeters(this.convention, this.registry, key, this.labels, this.failures)));
		shared.users++;
		return shared.meters;
	}

	private synchronized void release(CommandTags tags) {
		Shared shared = this.clients.get(tags);
		if (shared != null && --shared.users == 0) {
			this.clients.remove(tags);
			shared.meters.remove();
		}
	}

	private static final class Shared {

		private final ClientMeters meters;

		private int users;

		Shared(ClientMeters meters) {
			this.meters = meters;
		}

	}

}
