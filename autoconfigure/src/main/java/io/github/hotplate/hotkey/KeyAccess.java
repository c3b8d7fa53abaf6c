package io.github.hotplate.hotkey;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.command.AccessRule;
import io.github.hotplate.config.ClientConfig.SampleRates;

/**
 * What a command does with a key.
 *
 * @since 0.1.0
 * @see <a href="https://baseplate.readthedocs.io/">baseplate</a>, whose names the sorted
 * sets have
 */
public enum KeyAccess {

	/**
	 * It reads the key.
	 */
	READS("reads"),

	/**
	 * It writes the key, whatever else it does.
	 */
	WRITES("writes");

	private final String label;

	private final String sortedSet;

	KeyAccess(String label) {
		this.label = label;
		this.sortedSet = "baseplate-hot-key-tracker-" + label;
	}

	/**
	 * Return the name that metrics and reports show.
	 * @return {@code reads} or {@code writes}
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Return the sorted set in Redis that holds the hottest keys.
	 * @return the key of the set
	 */
	public String sortedSet() {
		return this.sortedSet;
	}

	/**
	 * Return what a command does with one of its keys.
	 * @param rule what the command does with its keys
	 * @param index the position among the keys, from 0
	 * @return the access, or {@code null} if the key does not count
	 */
	static @Nullable KeyAccess of(AccessRule rule, int index) {
		if (rule.writes(index)) {
			return WRITES;
		}
		return rule.reads(index) ? READS : null;
	}

	double rate(SampleRates rates) {
		return (this == READS) ? rates.reads() : rates.writes();
	}

}
