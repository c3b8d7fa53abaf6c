package io.github.hotplate.config;

/**
 * A key that a client's prefix may carry.
 *
 * @param <T> the type of its value
 * @param name the key without its prefix, in baseplate's spelling
 * @param defaultText the default as a user would write it, empty if there is none
 * @param parser turns a text into a value
 */
record ConfigProperty<T>(String name, String defaultText, Parser<T> parser) {

	// The form in which Spring Boot looks properties up; it finds all others by it.
	String canonicalName() {
		return this.name.replace('_', '-');
	}

	/**
	 * Turns a text that is not blank into a value, or throws
	 * {@link InvalidClientConfigException}.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	interface Parser<T> {

		T parse(ConfigValue value);

	}

}
