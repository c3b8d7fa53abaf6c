package io.github.hotplate.sample.problem;

import java.util.Locale;

/**
 * What can be wrong with the sample.
 *
 * @since 0.1.0
 */
public enum Problem {

	/**
	 * A controller sends 41 commands one by one, where two would do.
	 */
	ONE_BY_ONE("A controller sends 41 GETs one by one"),

	/**
	 * Every visit reads the same key many times.
	 */
	HOT_KEY("All visitors read the same key, many times"),

	/**
	 * A primary does something else for 20 milliseconds at a time.
	 */
	SLOW_NODE("A node answers 20 ms late");

	private final String title;

	Problem(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	/**
	 * Return the name in addresses.
	 * @return the name, such as {@code one-by-one}
	 */
	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
