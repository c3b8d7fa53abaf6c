package io.github.hotplate.actuate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.hotkey.HotKeyReport;
import io.github.hotplate.hotkey.HotKeyTracker;

/**
 * The endpoint {@code hotkeys}: shows the hot keys of the clients, changes their sample
 * rates and resets their figures. It names keys; a
 * {@link io.github.hotplate.hotkey.HotKeyNaming} masks them.
 *
 * @since 0.1.0
 * @see HotKeysWebExtension
 */
@Endpoint(id = "hotkeys")
public final class HotKeysEndpoint {

	private static final int DEFAULT_LIMIT = 10;

	private static final int LIMIT = 1_000;

	private final Supplier<List<HotKeyTracker>> trackers;

	/**
	 * Create the endpoint.
	 * @param trackers gives the trackers of all clients
	 */
	public HotKeysEndpoint(Supplier<List<HotKeyTracker>> trackers) {
		this.trackers = trackers;
	}

	/**
	 * Show the hot keys of all clients.
	 * @param limit how many keys to list at most, 10 by default
	 * @return a report for each client, by its name
	 */
	@ReadOperation
	public Map<String, HotKeyReport> hotKeys(@Nullable Integer limit) {
		Map<String, HotKeyReport> reports = new TreeMap<>(Comparator.naturalOrder());
		this.trackers.get().forEach((tracker) -> reports.put(tracker.client(), tracker.report(limit(limit))));
		return reports;
	}

	/**
	 * Show the hot keys of one client.
	 * @param client the name of the client
	 * @param limit how many keys to list at most, 10 by default
	 * @return the report, or {@code null} if there is no such client
	 */
	@ReadOperation
	public @Nullable HotKeyReport hotKeysOfClient(@Selector String client, @Nullable Integer limit) {
		HotKeyTracker tracker = find(client);
		return (tracker != null) ? tracker.report(limit(limit)) : null;
	}

	/**
	 * Change the sample rates of one client.
	 * @param client the name of the client
	 * @param reads the rate for reads, from 0 to 1; unchanged where missing
	 * @param writes the rate for writes, from 0 to 1; unchanged where missing
	 * @return the rates that hold now
	 */
	@WriteOperation
	public SampleRates changeSampleRates(@Selector String client, @Nullable Double reads, @Nullable Double writes) {
		HotKeyTracker tracker = get(client);
		try {
			return tracker.changeSampleRates((current) -> new SampleRates((reads != null) ? reads : current.reads(),
					(writes != null) ? writes : current.writes()));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()), "outside 0 to 1", ex);
		}
	}

	/**
	 * Forget what was counted of all clients in this process.
	 */
	@DeleteOperation
	public void reset() {
		this.trackers.get().forEach(HotKeyTracker::reset);
	}

	/**
	 * Forget what was counted of one client in this process.
	 * @param client the name of the client
	 */
	@DeleteOperation(produces = { UnknownClient.ACTUATOR_JSON, UnknownClient.JSON })
	public void resetClient(@Selector String client) {
		get(client).reset();
	}

	boolean knows(String client) {
		return find(client) != null;
	}

	private HotKeyTracker get(String client) {
		HotKeyTracker tracker = find(client);
		if (tracker == null) {
			throw UnknownClient.failure(client);
		}
		return tracker;
	}

	private @Nullable HotKeyTracker find(String client) {
		return this.trackers.get()
			.stream()
			.filter((tracker) -> tracker.client().equals(client))
			.findFirst()
			.orElse(null);
	}

	private static int limit(@Nullable Integer limit) {
		return (limit != null) ? Math.max(1, Math.min(LIMIT, limit)) : DEFAULT_LIMIT;
	}

}
