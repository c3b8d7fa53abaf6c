package io.github.hotplate.config;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Rejects unknown properties under a client's prefix that resemble a known one. Others
 * are ignored, since the prefix may be shared.
 */
final class MisspelledProperties {

	private final PrefixedProperties properties;

	private final IterableConfigurationPropertySource source;

	private final boolean environmentVariables;

	private MisspelledProperties(PrefixedProperties properties, IterableConfigurationPropertySource source) {
		this.properties = properties;
		this.source = source;
		this.environmentVariables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	static void reject(Environment environment, PrefixedProperties properties) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				new MisspelledProperties(properties, iterable).reject();
			}
		}
	}

	/**
	 * Reject a Redis URL under a name that resembles {@code url}. The name is too short
	 * to count typos, and may be in use beside a URL.
	 * @param properties the client's properties, without a URL
	 */
	static void rejectOtherUrl(PrefixedProperties properties) {
		PrefixEvidence.MISNAMED_URLS.stream()
			.map((name) -> new ConfigProperty<>(name, "", Parsers::text, RedisUrlList::join))
			.map(properties::findValue)
			.filter(Objects::nonNull)
			.filter((value) -> RedisScheme.isMeantBy(value.text()))
			.findFirst()
			.ifPresent((value) -> {
				throw misspelled(value.key(), value.origin(), properties.propertyName(ClientProperties.URL));
			});
	}

	private void reject() {
		this.source.stream().filter(this.properties.name()::isAncestorOf).forEach((name) -> {
			ConfigurationPropertyName suffix = name.subName(this.properties.name().getNumberOfElements());
			rejectGap(name, suffix);
			rejectMap(name, suffix);
			if (!isRead(suffix)) {
				closest(suffix).ifPresent((key) -> {
					throw misspelled(name, suffix, key);
				});
			}
		});
	}

	// A list is read up to its first gap.
	private void rejectGap(ConfigurationPropertyName name, ConfigurationPropertyName suffix) {
		if (PrefixEvidence.isUrlElement(suffix) && !suffix.getLastElement(Form.UNIFORM).equals("0")) {
			int index = Integer.parseInt(suffix.getLastElement(Form.UNIFORM));
			if (this.source.getConfigurationProperty(
					name.chop(name.getNumberOfElements() - 1).append("[" + (index - 1) + "]")) == null) {
				String url = this.properties.propertyName(ClientProperties.URL);
				throw new InvalidClientConfigException(url + "[" + index + "]", null, origin(name),
						"no " + url + "[" + (index - 1) + "] before it",
						"Number the servers in " + url + " from 0 on, all in one place.");
			}
		}
	}

	private void rejectMap(ConfigurationPropertyName name, ConfigurationPropertyName suffix) {
		int elements = suffix.getNumberOfElements();
		if (elements < 2 || suffix.isNumericIndex(1)) {
			return;
		}
		PrefixEvidence.TEXTS.stream()
			.filter((key) -> letters(suffix.chop(1)).equals(letters(key)))
			.findFirst()
			.ifPresent((key) -> {
				throw new InvalidClientConfigException(this.properties.propertyName(key), null, origin(name),
						"must not be a map", "Set " + this.properties.propertyName(key) + " to one value.");
			});
	}

	private @Nullable String origin(ConfigurationPropertyName name) {
		Origin origin = Origin.from(this.source.getConfigurationProperty(name));
		return (origin != null) ? origin.toString() : null;
	}

	// Spring Boot does not look up every environment variable with the right letters:
	// FOO_MAX_CONNECTIONS is, FOO_MAXCONNECTIONS_PERNODE is not.
	private boolean isRead(ConfigurationPropertyName suffix) {
		String letters = letters(suffix);
		return ClientProperties.all()
			.stream()
			.filter((key) -> letters(key).equals(letters))
			.anyMatch((key) -> this.source
				.getConfigurationProperty(this.properties.configurationPropertyName(key)) != null);
	}

	private Optional<ConfigProperty<?>> closest(ConfigurationPropertyName suffix) {
		String letters = letters(suffix);
		return ClientProperties.all()
			.stream()
			.filter((key) -> isMeantBy(suffix, letters, key))
			.min(Comparator.comparingInt((key) -> EditDistance.between(letters, letters(key))));
	}

	private boolean isMeantBy(ConfigurationPropertyName suffix, String letters, ConfigProperty<?> key) {
		int elements = suffix.getNumberOfElements();
		if (this.environmentVariables) {
			boolean sameShape = elements == 1 || elements == key.name().split("[._]").length;
			return letters.equals(letters(key)) || (sameShape && EditDistance.isTypo(letters, letters(key)));
		}
		return (elements == 1 && letters.equals(letters(key)))
				|| (elements == key.name().split("\\.").length && EditDistance.isTypo(letters, letters(key)));
	}

	// Without the value, because the intended key may be 'password'.
	private InvalidClientConfigException misspelled(ConfigurationPropertyName name, ConfigurationPropertyName suffix,
			ConfigProperty<?> key) {
		String misspelled = IntStream.range(0, suffix.getNumberOfElements())
			.mapToObj((i) -> suffix.getElement(i, Form.ORIGINAL))
			.collect(Collectors.joining(this.environmentVariables ? "_" : "."));
		return misspelled(this.properties.prefix() + misspelled, origin(name), this.properties.propertyName(key));
	}

	private static InvalidClientConfigException misspelled(String name, @Nullable String origin, String meant) {
		return new InvalidClientConfigException(name, null, origin, "unknown key; did you mean " + meant + "?",
				"Rename it to " + meant + ".");
	}

	private static String letters(ConfigProperty<?> key) {
		return letters(ConfigurationPropertyName.of(key.canonicalName()));
	}

	private static String letters(ConfigurationPropertyName name) {
		return IntStream.range(0, name.getNumberOfElements())
			.mapToObj((i) -> name.getElement(i, Form.UNIFORM))
			.collect(Collectors.joining());
	}

}
