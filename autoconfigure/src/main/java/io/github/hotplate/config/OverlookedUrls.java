package io.github.hotplate.config;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Redis URLs that declare nothing because of their name, although keys of a client are
 * beside them: {@code FOO_URL} in a file, where only {@code foo.url} is read, and
 * {@code my.foo.url}, since prefixes of several segments have to be listed.
 */
final class OverlookedUrls {

	private static final String SUFFIX = "_url";

	/**
	 * Where Boot itself has URLs in keys of several segments.
	 */
	private static final List<String> BOOTS = List.of("spring", "management", "server", "logging");

	private final List<IterableConfigurationPropertySource> sources;

	private final Placeholders placeholders;

	/**
	 * Look at sources.
	 * @param sources where names are read as they are written, unlike those of
	 * environment variables
	 * @param placeholders resolves the values
	 */
	OverlookedUrls(List<IterableConfigurationPropertySource> sources, Placeholders placeholders) {
		this.sources = sources;
		this.placeholders = placeholders;
	}

	/**
	 * Describe the URLs.
	 * @param client tells whether a prefix is that of a client
	 * @param known tells whether there are keys with a prefix
	 * @return a sentence for each
	 */
	Stream<String> warnings(Predicate<ConfigurationPropertyName> client, Predicate<ConfigurationPropertyName> known) {
		Stream<String> variables = redisUrls((source, name) -> isVariable(name) && !client.test(prefixOf(name))
				&& (known.test(prefixOf(name)) || hasOtherVariables(source, name)))
			.map((name) -> name.getElement(0, Form.ORIGINAL))
			.filter((variable) -> !isReferredTo(variable))
			.map(OverlookedUrls::misnamed);
		Stream<String> nested = redisUrls((source, name) -> isNested(name) && hasOtherKeys(prefixOfNested(name)))
			.map(OverlookedUrls::prefixOfNested)
			.map(OverlookedUrls::unlisted);
		return Stream.concat(variables, nested).distinct();
	}

	/**
	 * Tell whether a placeholder in any property stands for a variable.
	 * @param variable the name of the variable
	 * @return whether it is not overlooked
	 */
	boolean isReferredTo(String variable) {
		return this.sources.stream()
			.flatMap((source) -> source.stream().map(source::getConfigurationProperty))
			.anyMatch((property) -> property != null && String.valueOf(property.getValue()).contains("${" + variable));
	}

	private Stream<ConfigurationPropertyName> redisUrls(
			BiPredicate<ConfigurationPropertySource, ConfigurationPropertyName> filter) {
		return this.sources.stream()
			.flatMap((source) -> source.stream()
				.filter((name) -> filter.test(source, name) && isRedisUrl(source.getConfigurationProperty(name))));
	}

	private boolean isRedisUrl(@Nullable ConfigurationProperty property) {
		return property != null
				&& RedisScheme.isMeantBy(this.placeholders.resolveLeniently(String.valueOf(property.getValue())));
	}

	private static boolean isVariable(ConfigurationPropertyName name) {
		String text = name.getElement(0, Form.ORIGINAL);
		return name.getNumberOfElements() == 1 && text.length() > SUFFIX.length()
				&& text.toLowerCase(Locale.ROOT).endsWith(SUFFIX);
	}

	private static ConfigurationPropertyName prefixOf(ConfigurationPropertyName variable) {
		return ConfigurationPropertyName.adapt(clientOf(variable.getElement(0, Form.ORIGINAL)), '.');
	}

	private static String clientOf(String variable) {
		return variable.substring(0, variable.length() - SUFFIX.length()).toLowerCase(Locale.ROOT);
	}

	private static boolean hasOtherVariables(ConfigurationPropertySource source, ConfigurationPropertyName url) {
		String prefix = clientOf(url.getElement(0, Form.ORIGINAL));
		return PrefixEvidence.isMeantAsClient(source,
				(key) -> ConfigurationPropertyName.adapt(prefix + "_" + key.name().replace('.', '_'), '.'));
	}

	private static boolean isNested(ConfigurationPropertyName name) {
		int elements = name.getNumberOfElements() - (RawProperty.isElement(name) ? 1 : 0);
		return elements > 2 && name.getElement(elements - 1, Form.UNIFORM).equals(ClientProperties.URL.name())
				&& !BOOTS.contains(name.getElement(0, Form.UNIFORM))
				&& IntStream.range(1, elements).noneMatch(name::isNumericIndex);
	}

	private static ConfigurationPropertyName prefixOfNested(ConfigurationPropertyName name) {
		return name.chop(name.getNumberOfElements() - (RawProperty.isElement(name) ? 2 : 1));
	}

	private boolean hasOtherKeys(ConfigurationPropertyName prefix) {
		return this.sources.stream().anyMatch((source) -> PrefixEvidence.isMeantAsClient(source, prefix));
	}

	private static String misnamed(String variable) {
		return variable + " is a Redis URL, but declares no client, because only environment variables have such"
				+ " names. If it should, add " + clientOf(variable) + ".url: ${" + variable
				+ "} to the application's configuration.";
	}

	private static String unlisted(ConfigurationPropertyName prefix) {
		String name = IntStream.range(0, prefix.getNumberOfElements())
			.mapToObj((i) -> prefix.getElement(i, Form.ORIGINAL))
			.collect(Collectors.joining("."));
		return name + ".url is a Redis URL, but declares no client, because its prefix has several segments. If it"
				+ " should, set hotplate.clients to " + name + ".";
	}

}
