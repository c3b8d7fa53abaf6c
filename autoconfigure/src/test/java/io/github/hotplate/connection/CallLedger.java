package io.github.hotplate.connection;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the caller of a client has called, by the caller's own count. Thread-safe.
 */
final class CallLedger {

	private final LongAdder calls = new LongAdder();

	private final Map<String, LongAdder> composites = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> wire = new ConcurrentHashMap<>();

	/**
	 * Note a call that is one command on the wire, of the same name.
	 */
	void single() {
		this.calls.increment();
	}

	/**
	 * Note a call that is anything else on the wire.
	 * @param command the name that its sample is to have
	 * @param commands what it sends: names of commands and their numbers
	 */
	void composite(String command, Map<String, Integer> commands) {
		this.calls.increment();
		add(this.composites, command, 1);
		sent(commands);
	}

	/**
	 * Note commands that calls send beyond what they themselves are.
	 * @param commands names of commands and their numbers
	 */
	void sent(Map<String, Integer> commands) {
		commands.forEach((name, number) -> add(this.wire, name, number));
	}

	private static void add(Map<String, LongAdder> counts, String name, long number) {
		counts.computeIfAbsent(name, (key) -> new LongAdder()).add(number);
	}

	long calls() {
		return this.calls.sum();
	}

	Map<String, Long> composites() {
		Map<String, Long> counts = new TreeMap<>();
		this.composites.forEach((name, count) -> counts.put(name, count.sum()));
		return counts;
	}

	/**
	 * Return what must have reached Redis.
	 * @param samples the calls that were measured, by command
	 * @return the commands on the wire, by command
	 */
	Map<String, Long> wire(Map<String, Long> samples) {
		Map<String, Long> expected = new TreeMap<>(samples);
		composites().forEach((name, count) -> expected.merge(name, -count, Long::sum));
		this.wire.forEach((name, count) -> expected.merge(name, count.sum(), Long::sum));
		expected.values().removeIf((count) -> count == 0);
		return expected;
	}

}
