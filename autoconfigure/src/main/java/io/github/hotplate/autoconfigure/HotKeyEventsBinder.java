package io.github.hotplate.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;

import io.github.hotplate.hotkey.HotKeyAlerts;
import io.github.hotplate.hotkey.HotKeyTracker;

/**
 * Publishes the hot keys of all clients as application events.
 */
final class HotKeyEventsBinder implements SmartInitializingSingleton {

	private final ObjectProvider<HotKeyTracker> trackers;

	private final ApplicationEventPublisher publisher;

	HotKeyEventsBinder(ObjectProvider<HotKeyTracker> trackers, ApplicationEventPublisher publisher) {
		this.trackers = trackers;
		this.publisher = publisher;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.trackers.stream()
			.filter((tracker) -> tracker.options().alertShare() > 0)
			.forEach((tracker) -> tracker
				.addListener(new HotKeyAlerts(tracker.options().alertShare(), this.publisher::publishEvent)));
	}

}
