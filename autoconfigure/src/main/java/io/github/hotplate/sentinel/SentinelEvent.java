package io.github.hotplate.sentinel;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * An event published by a Sentinel.
 *
 * @param name the name of the event, such as {@code +switch-master}
 * @param text the details, which name the affected instance
 * @see <a href=
 * "https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/#pubsub-messages">Pub/Sub
 * messages</a>
 */
record SentinelEvent(String name, String text) {

	private static final String SWITCH_MASTER = "+switch-master";

	/**
	 * The events after which the primary or the readable replicas may have changed.
	 */
	static final List<String> NAMES = List.of(SWITCH_MASTER, "+slave", "+sdown", "-sdown", "+odown", "-odown",
			"+selected-slave", "+failover-state-wait-promotion", "+promoted-slave", "+failover-state-reconf-slaves",
			"+slave-reconf-done", "+failover-end", "-failover-abort-not-elected", "-failover-abort-no-good-slave",
			"-failover-abort-slave-timeout", "+convert-to-slave", "+role-change", "-role-change", "+reboot",
			"+sentinel");

	/**
	 * Each happens once per failover, whereas a server may flap between down and up.
	 */
	private static final Set<String> DECISIONS = Set.of("+selected-slave", "+promoted-slave", SWITCH_MASTER);

	/**
	 * Tell whether another node is, or is about to be, the primary.
	 * @return whether earlier answers are worthless
	 */
	boolean isDecision() {
		return DECISIONS.contains(this.name);
	}

	/**
	 * Tell whether the event is about a primary, its replicas or its Sentinels.
	 * @param master the name of the primary
	 * @return whether it is
	 */
	boolean concerns(String master) {
		List<String> words = Arrays.asList(this.text.split(" "));
		if (this.name.equals(SWITCH_MASTER)) {
			return words.get(0).equals(master);
		}
		if (words.get(0).equals("master")) {
			return words.size() > 1 && words.get(1).equals(master);
		}
		int at = words.indexOf("@");
		return at >= 0 && at + 1 < words.size() && words.get(at + 1).equals(master);
	}

}
