package io.github.hotplate.hotkey;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Announces keys whose share passes a threshold, each once. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class HotKeyAlerts implements HotKeyListener {

	/**
	 * A key must fall below this fraction of the threshold before it is announced again,
	 * so that a key hovering around the threshold does not raise an alert every second.
	 */
	private static final double HYSTERESIS = 0.8;

	private final double threshold;

	private final Consumer<HotKeyEvent> events;

	private final Map<KeyAccess, Set<String>> above = new EnumMap<>(KeyAccess.class);

	/**
	 * Create alerts.
	 * @param threshold the share, more than 0
	 * @param events takes the events
	 */
	public HotKeyAlerts(double threshold, Consumer<HotKeyEvent> events) {
		this.threshold = threshold;
		this.events = events;
	}

	@Override
	public void onHotKeys(HotKeyTracker tracker, KeyAccess access, List<HotKey> hottest) {
		Set<String> stillAbove = new HashSet<>();
		Set<String> known = this.above.getOrDefault(access, Set.of());
		for (HotKey key : hottest) {
			boolean wasAbove = known.contains(key.key());
			if (key.share() >= this.threshold * (wasAbove ? HYSTERESIS : 1)) {
				stillAbove.add(key.key());
				if (!wasAbove) {
					this.events.accept(new HotKeyEvent(tracker.client(), access, key));
				}
			}
		}
		this.above.put(access, stillAbove);
	}

}
