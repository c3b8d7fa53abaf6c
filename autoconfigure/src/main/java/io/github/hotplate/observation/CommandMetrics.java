package io.github.hotplate.observation;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * The command meters of an application's clients. Clients that agree in all tags, as
 * those do that set no {@code client_name}, share their meters; the last of them to be
 * closed removes these. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CommandMetrics {

	private final MeterRegistry registry;

	private final Map<CommandTags, Shared> clients = new HashMap<>();

	public CommandMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Return advice that measures the commands of one client.
	 * @param tags what tells the client's meters from others
	 * @return the advice, to be closed with the client
	 */
	public MetricsAdvice advice(CommandTags tags) {
		return new MetricsAdvice(acquire(tags), () -> release(tags));
	}

	private synchronized ClientMeters acquire(CommandTags tags) {
		Shared shared = this.clients.computeIfAbsent(tags, (key) -> new Shared(new ClientMeters(this.registry, key)));
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
