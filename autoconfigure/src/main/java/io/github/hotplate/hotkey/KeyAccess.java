package io.github.hotplate.hotkey;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.command.AccessRule;
import io.github.hotplate.config.ClientConfig.SampleRates;

/**
 * How a command uses a key.
 *
 * @since 0.1.0
 * @see <a href="https://baseplate.readthedocs.io/">baseplate</a>, which defined the names
 * of the sorted sets
 */
public enum KeyAccess {

	/**
	 * The command only reads the key.
	 */
	READS("reads"),

	/**
	 * The command writes the key, even if it also reads it.
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
	 * Return how a command uses one of its keys.
	 * @param rule how the command uses its keys
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
