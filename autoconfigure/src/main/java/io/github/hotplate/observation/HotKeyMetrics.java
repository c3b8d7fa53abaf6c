package io.github.hotplate.observation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyListener;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.hotkey.KeyAccess;

/**
 * The meters of a client's hot keys. Keys become tags only if {@code hot_keys.tag_top}
 * allows it. Removed when closed.
 *
 * @since 0.1.0
 */
public final class HotKeyMetrics implements HotKeyListener, AutoCloseable {

	private static final String CLIENT = "client";

	private static final String ACCESS = "access";

	private final MeterRegistry registry;

	private final int tagTop;

	private final List<Meter> meters;

	private final Map<KeyAccess, Double> shares = new ConcurrentHashMap<>();

	private final Map<KeyAccess, MultiGauge> nodeShares = new EnumMap<>(KeyAccess.class);

	private final Map<KeyAccess, MultiGauge> topShares = new EnumMap<>(KeyAccess.class);

	private boolean closed;

	/**
	 * Register the meters of a tracker, and listen for its hot keys.
	 * @param tracker the tracker
	 * @param registry where to register them
	 */
	public HotKeyMetrics(HotKeyTracker tracker, MeterRegistry registry) {
		this.registry = registry;
		this.tagTop = tracker.options().tagTop();
		for (KeyAccess access : KeyAccess.values()) {
			this.nodeShares.put(access, shares(RedisMeter.HOT_KEY_NODE_SHARE, tracker, access));
			this.topShares.put(access, shares(RedisMeter.TOP_KEY_SHARE, tracker, access));
		}
		this.meters = List.of(hottest(tracker, KeyAccess.READS), hottest(tracker, KeyAccess.WRITES),
				FunctionCounter
					.builder(RedisMeter.HOT_KEY_DROPPED_SAMPLES.meterName(), tracker, HotKeyTracker::droppedSamples)
					.description(RedisMeter.HOT_KEY_DROPPED_SAMPLES.description())
					.tags(CLIENT, tracker.client())
					.register(registry));
		tracker.addListener(this);
	}

	private MultiGauge shares(RedisMeter meter, HotKeyTracker tracker, KeyAccess access) {
		return MultiGauge.builder(meter.meterName())
			.description(meter.description())
			.tags(CLIENT, tracker.client(), ACCESS, access.label())
			.register(this.registry);
	}

	private Meter hottest(HotKeyTracker tracker, KeyAccess access) {
		return Gauge
			.builder(RedisMeter.HOT_KEY_SHARE.meterName(), this,
					(metrics) -> metrics.shares.getOrDefault(access, Double.NaN))
			.description(RedisMeter.HOT_KEY_SHARE.description())
			.tags(CLIENT, tracker.client(), ACCESS, access.label())
			.register(this.registry);
	}

	@Override
	public synchronized void onHotKeys(HotKeyTracker tracker, KeyAccess access, List<HotKey> hottest) {
		if (this.closed) {
			return;
		}
		// Too few samples give no share.
		this.shares.put(access, hottest.isEmpty() ? Double.NaN : hottest.get(0).share());
		register(this.nodeShares.get(access), "redis_node", hottestOfNodes(hottest));
		if (this.tagTop > 0) {
			Map<String, Double> top = new LinkedHashMap<>();
			hottest.stream().limit(this.tagTop).forEach((key) -> top.put(key.key(), key.share()));
			register(this.topShares.get(access), "redis_key", top);
		}
	}

	private static Map<String, Double> hottestOfNodes(List<HotKey> hottest) {
		Map<String, Double> shares = new HashMap<>();
		for (HotKey key : hottest) {
			if (key.node() != null && key.nodeShare() != null) {
				shares.merge(key.node(), key.nodeShare(), Math::max);
			}
		}
		return shares;
	}

	private static void register(@Nullable MultiGauge gauge, String tag, Map<String, Double> shares) {
		if (gauge != null) {
			gauge.register(shares.entrySet()
				.stream()
				.<Row<?>>map((share) -> Row.of(Tags.of(tag, share.getKey()), share.getValue()))
				.toList(), true);
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.meters.forEach(this.registry::remove);
		this.nodeShares.values().forEach((gauge) -> gauge.register(List.of()));
		this.topShares.values().forEach((gauge) -> gauge.register(List.of()));
	}

}
