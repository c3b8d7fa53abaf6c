package io.github.hotplate.hotkey;

import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfig.HotKeys;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.Randoms;

/**
 * Creates hot key trackers. Thread-safe.
 */
public final class HotKeyTrackerFactory {

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private final DoubleSupplier random;

	/**
	 * Create a factory.
	 */
	public HotKeyTrackerFactory() {
		this(InstantSource.system(), System::nanoTime, Randoms::fraction);
	}

	/**
	 * Create a factory.
	 * @param clock tells when keys are seen
	 * @param nanoTime tells how long connections are idle
	 * @param random draws samples, from 0 to 1, 1 excluded
	 */
	HotKeyTrackerFactory(InstantSource clock, LongSupplier nanoTime, DoubleSupplier random) {
		this.clock = clock;
		this.nanoTime = nanoTime;
		this.random = random;
	}

	/**
	 * Create a tracker.
	 * @param config the configuration of the client
	 * @param connections reaches the client's Redis
	 * @param naming masks or groups keys, or {@code null} to count them as they are
	 * @param monitoringFailures counts failures of the tracker and its listeners
	 * @return the tracker, to be started and closed by the caller
	 */
	public HotKeyTracker create(ClientConfig config, DedicatedConnections connections, @Nullable HotKeyNaming naming,
			MonitoringFailures monitoringFailures) {
		String client = config.name();
		HotKeys options = config.hotKeys();
		TrackerFailures failures = new TrackerFailures(client, monitoringFailures);
		SampleThrottle throttle = new SampleThrottle(config.sampleRates());
		KeyCutter cutter = new KeyCutter(options.maxKeyLength());
		Function<Object, @Nullable KeyName> names = names(client, cutter, naming);
		KeySlots slots = slots(connections);
		HotKeySummary summary = new HotKeySummary(names, slots, this.clock, failures);
		KeySampler sampler = new KeySampler(cutter, slots, options.trackSizes(), this.random, summary::offer);
		String instance = Long.toHexString(Randoms.number());
		HotKeyFlusher flusher = new HotKeyFlusher(summary,
				set(KeyAccess.READS, options.capacity(), connections, instance),
				set(KeyAccess.WRITES, options.capacity(), connections, instance), failures);
		HotKeyReporter reporter = new HotKeyReporter(client, summary, connections,
				new ServerStatistics(connections, names));
		FlushTick tick = new FlushTick(options.flushInterval(), summary, throttle, reporter, flusher, failures,
				this.clock);
		return new HotKeyTracker(client, options, new HotKeySampling(sampler, throttle, summary, failures), summary,
				flusher, reporter, tick);
	}

	private static Function<Object, @Nullable KeyName> names(String client, KeyCutter cutter,
			@Nullable HotKeyNaming naming) {
		if (naming == null) {
			return (key) -> KeyName.of(cutter.cut(key));
		}
		return (key) -> {
			String name = naming.nameOf(client, CommandKeys.text(cutter.cut(key)));
			return (name != null) ? KeyName.of(cutter.cut(name)) : null;
		};
	}

	// A server with all keys has no slots, but those of a cluster still show where load
	// would go.
	private static KeySlots slots(DedicatedConnections connections) {
		KeySlots slots = connections.keySlots();
		return (slots != KeySlots.SINGLE) ? slots : KeySlots.CLUSTER;
	}

	private HotKeySet set(KeyAccess access, int capacity, DedicatedConnections connections, String instance) {
		int slot = connections.keySlots().slot(access.sortedSet());
		return new HotKeySet(access, capacity,
				new TrackerConnection(connections, slot, HotKeySet.TIMEOUT, this.nanoTime), instance);
	}

}
