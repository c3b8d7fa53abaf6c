package io.github.hotplate.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hotplate.subscription.SubscriptionUsage;

/**
 * The subscriptions of one client, as health shows them.
 */
final class SubscriptionHealth {

	/**
	 * How many are shown. An application may have one for each request.
	 */
	static final int SHOWN = 10;

	private SubscriptionHealth() {
	}

	/**
	 * Describe subscriptions.
	 * @param subscriptions the subscriptions, the oldest first
	 * @return how many there are, and how the oldest are doing
	 */
	static Map<String, Object> details(List<SubscriptionUsage> subscriptions) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("count", subscriptions.size());
		details.put("oldest", subscriptions.stream().limit(SHOWN).map(SubscriptionHealth::describe).toList());
		return details;
	}

	private static Map<String, Object> describe(SubscriptionUsage subscription) {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("since", subscription.age().toSeconds() + " s");
		description.put("lastHeard", subscription.silence().toMillis() + " ms ago");
		description.put("resubscribed", subscription.resubscriptions());
		description.put("connections", subscription.connections());
		return description;
	}

}
