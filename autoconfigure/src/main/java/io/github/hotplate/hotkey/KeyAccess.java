package io.github.hotplate.hotkey;

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

	double rate(SampleRates rates) {
		return (this == READS) ? rates.reads() : rates.writes();
	}

}
