package io.github.hotplate.config;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A property of a client.
 *
 * @param <T> the type of its value
 * @param name the name without the prefix, in baseplate's spelling
 * @param defaultText the default in configuration syntax, empty if there is none
 * @param parser parses the value
 * @param joiner makes one value of a list, or {@code null} if the value must not be a
 * list
 */
record ConfigProperty<T>(String name, String defaultText, Parser<T> parser,
		@Nullable Function<List<String>, String> joiner) {

	ConfigProperty(String name, String defaultText, Parser<T> parser) {
		this(name, defaultText, parser, null);
	}

	// Spring Boot looks up properties by their canonical name, which matches all relaxed
	// forms.
	String canonicalName() {
		return this.name.replace('_', '-');
	}

	/**
	 * Parses a value that is not blank, or throws {@link InvalidClientConfigException}.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	interface Parser<T> {

		T parse(ConfigValue value);

	}

}
