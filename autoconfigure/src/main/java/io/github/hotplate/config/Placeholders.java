package io.github.hotplate.config;

import java.util.Date;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ObjectUtils;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/**
 * Resolves the placeholders of a value, once and by Spring's rules, and notes whether a
 * value behind them is something else than the text that was written.
 */
final class Placeholders {

	private static final PropertyPlaceholderHelper STRICT = helper(false);

	private static final PropertyPlaceholderHelper LENIENT = helper(true);

	/**
	 * The source in which Boot puts the number of the process.
	 */
	private static final String APPLICATION_INFO = "applicationInfo";

	private final Environment environment;

	private boolean verbatim = true;

	Placeholders(Environment environment) {
		this.environment = environment;
	}

	private static PropertyPlaceholderHelper helper(boolean ignoreUnresolvable) {
		return new PropertyPlaceholderHelper(SystemPropertyUtils.PLACEHOLDER_PREFIX,
				SystemPropertyUtils.PLACEHOLDER_SUFFIX, SystemPropertyUtils.VALUE_SEPARATOR,
				SystemPropertyUtils.ESCAPE_CHARACTER, ignoreUnresolvable);
	}

	/**
	 * Tell whether a value is the text that was written.
	 * @param value the value as its source holds it
	 * @return whether YAML has made nothing else of it
	 */
	static boolean isVerbatim(@Nullable Object value) {
		return !(value instanceof Number || value instanceof Boolean || value instanceof Date
				|| ObjectUtils.isArray(value));
	}

	/**
	 * Resolve a value.
	 * @param value the value, whose text is returned as it is without placeholders
	 * @return the value with all placeholders resolved
	 */
	ConfigValue resolve(ConfigValue value) {
		String text = value.text();
		String resolved;
		try {
			resolved = STRICT.replacePlaceholders(text, this::raw);
		}
		catch (PlaceholderResolutionException ex) {
			throw unresolved(value, ex);
		}
		return new ConfigValue(value.key(), resolved, value.origin(), value.verbatim() && this.verbatim);
	}

	/**
	 * Resolve a text as far as possible.
	 * @param text the text
	 * @return the text, in which unresolvable placeholders remain
	 */
	String resolveLeniently(String text) {
		try {
			return LENIENT.replacePlaceholders(text, this::raw);
		}
		catch (PlaceholderResolutionException ex) {
			return text;
		}
	}

	/**
	 * Tell whether everything behind the placeholders is what was written.
	 * @return whether no value behind them was anything but a text
	 */
	boolean verbatim() {
		return this.verbatim;
	}

	private @Nullable String raw(String name) {
		for (PropertySource<?> source : ((ConfigurableEnvironment) this.environment).getPropertySources()) {
			Object value = source.getProperty(name);
			if (value != null) {
				this.verbatim &= isVerbatim(value) || isComputed(source, name);
				return String.valueOf(value);
			}
		}
		return null;
	}

	// Nobody wrote these, so they cannot differ from what was written.
	private static boolean isComputed(PropertySource<?> source, String name) {
		Origin origin = OriginLookup.getOrigin(source, name);
		PropertySource<?> holder = (origin instanceof PropertySourceOrigin known) ? known.getPropertySource() : source;
		return holder instanceof RandomValuePropertySource || APPLICATION_INFO.equals(holder.getName());
	}

	private static InvalidClientConfigException unresolved(ConfigValue value, PlaceholderResolutionException failure) {
		if (String.valueOf(failure.getMessage()).startsWith("Circular")) {
			return value.invalid("circular placeholder",
					"Set the property behind the placeholder to a value that does not refer back to " + value.key()
							+ ".");
		}
		String name = failure.getPlaceholder();
		if (!standsAlone(name, value.text())) {
			// What looks like a placeholder may be part of a password.
			return value.invalid("unresolved placeholder", "Set the property or environment variable that "
					+ value.key() + " refers to, or write \\${ where ${ is part of the value.");
		}
		return value.invalid("unresolved placeholder ${" + name + "}", "Set the property or environment variable "
				+ name + ", or add a default: ${" + name + ":default}. Write \\${ where ${ is part of the value.");
	}

	private static boolean standsAlone(String name, String text) {
		return Pattern.compile("(^|[/:@,\\s])\\$\\{" + Pattern.quote(name) + "}($|[/:@,\\s])").matcher(text).find();
	}

}
