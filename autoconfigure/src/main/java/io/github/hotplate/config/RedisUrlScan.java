package io.github.hotplate.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds the single-segment prefixes that look like a client. The system environment
 * provides values but no prefixes, so that a stray {@code REDIS_URL} declares nothing.
 */
final class RedisUrlScan {

	private final List<ConfigurationPropertySource> sources;

	private final Placeholders placeholders;

	private final Map<ConfigurationPropertyName, PrefixEvidence> prefixes = new LinkedHashMap<>();

	RedisUrlScan(Environment environment) {
		this.sources = StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.toList();
		this.placeholders = new Placeholders(environment);
		iterableSources((source) -> !isSystemEnvironment(source))
			.forEach((source) -> source.stream().filter(RedisUrlScan::isOfOneSegment).forEach(this::note));
	}

	/**
	 * Return the prefixes that must be clients: their URL is one of Redis, or their other
	 * keys leave no doubt that it was meant to be.
	 * @return the prefixes, each with its spelling in the property source of lowest
	 * precedence, which holds the application's defaults
	 */
	Map<ConfigurationPropertyName, String> clients() {
		return prefixes(this::isClient);
	}

	/**
	 * Return the prefixes with a Redis URL.
	 * @return the prefixes with their spelling
	 */
	Map<ConfigurationPropertyName, String> redisUrls() {
		return prefixes((prefix, evidence) -> evidence.hasUrl() && hasRedisUrl(prefix));
	}

	private Map<ConfigurationPropertyName, String> prefixes(
			BiPredicate<ConfigurationPropertyName, PrefixEvidence> filter) {
		Map<ConfigurationPropertyName, String> found = new LinkedHashMap<>();
		this.prefixes.forEach((prefix, evidence) -> {
			if (filter.test(prefix, evidence)) {
				found.put(prefix, evidence.spelling());
			}
		});
		return found;
	}

	private void note(ConfigurationPropertyName name) {
		ConfigurationPropertyName prefix = name.chop(1);
		this.prefixes.computeIfAbsent(prefix, (added) -> new PrefixEvidence()).note(name, () -> value(name));
	}

	private boolean isClient(ConfigurationPropertyName prefix, PrefixEvidence evidence) {
		if (hasRedisUrl(prefix)) {
			return evidence.hasUrl() || (evidence.hasOwnKeys() && !evidence.isForeign());
		}
		if (evidence.hasMisnamedUrl()) {
			return evidence.hasOwnKeys();
		}
		return evidence.hasUrlElement() || evidence.isMeantAsClient(url(prefix));
	}

	/**
	 * Describe Redis URLs in the system environment which declare nothing, although other
	 * variables suggest that they were meant to, and URLs under a wrong key.
	 * @return a sentence for each
	 */
	List<String> warnings() {
		OverlookedUrls overlooked = new OverlookedUrls(
				iterableSources((source) -> !isSystemEnvironment(source)).toList(), this.placeholders);
		Stream<String> variables = iterableSources(RedisUrlScan::isSystemEnvironment)
			.flatMap((source) -> source.stream()
				.filter((name) -> PrefixEvidence.isUrl(name) && hasRedisUrl(name.chop(1)) && !isKnown(name.chop(1))
						&& (this.prefixes.containsKey(name.chop(1))
								|| PrefixEvidence.isMeantAsClient(source, name.chop(1))))
				.map((name) -> name.getElement(0, Form.ORIGINAL))
				.filter((client) -> !overlooked.isReferredTo(variable(client)))
				.map(RedisUrlScan::ignoredVariable));
		Stream<String> misnamed = this.prefixes.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().misplacedUrl() != null && !isClient(entry.getKey(), entry.getValue()))
			.map((entry) -> entry.getValue().misplacedUrl()
					+ " is a Redis URL, but declares no client. If it should, rename it to "
					+ entry.getValue().spelling() + ".url. If it belongs to something else, list the clients in "
					+ "hotplate.clients.");
		Stream<String> doubtful = this.prefixes.entrySet()
			.stream()
			.filter((entry) -> isDoubtful(entry.getKey(), entry.getValue()))
			.map((entry) -> ignored(entry.getValue().spelling(), entry.getValue().hasUrl()));
		return Stream.of(variables, misnamed, doubtful, overlooked.warnings(this::isKnown, this.prefixes::containsKey))
			.flatMap((warnings) -> warnings)
			.toList();
	}

	private boolean isDoubtful(ConfigurationPropertyName prefix, PrefixEvidence evidence) {
		return !hasRedisUrl(prefix) && evidence.misplacedUrl() == null && !isClient(prefix, evidence)
				&& evidence.mayBeMeantAsClient(url(prefix));
	}

	private static String ignored(String prefix, boolean url) {
		return "'" + prefix + "' looks like a Redis client, but declares none, because " + prefix + ".url "
				+ (url ? "does not begin with redis://" : "is missing") + ". If it should, set " + prefix
				+ ".url to redis://host:6379. If it belongs to something else, list the clients in hotplate.clients.";
	}

	private static String variable(String client) {
		return client.toUpperCase(Locale.ROOT) + "_URL";
	}

	private static String ignoredVariable(String client) {
		String variable = variable(client);
		return "Environment variables alone declare no Redis client, so " + variable + " is ignored. Add " + client
				+ ".url: ${" + variable + "} to the application's configuration, or set hotplate.clients to " + client
				+ ".";
	}

	private boolean isKnown(ConfigurationPropertyName prefix) {
		PrefixEvidence evidence = this.prefixes.get(prefix);
		return evidence != null && isClient(prefix, evidence);
	}

	private Stream<IterableConfigurationPropertySource> iterableSources(Predicate<ConfigurationPropertySource> filter) {
		return this.sources.stream()
			.filter(filter)
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.map(IterableConfigurationPropertySource.class::cast);
	}

	static boolean isSystemEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	private static boolean isOfOneSegment(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 1 && !name.isNumericIndex(1);
	}

	// One Redis URL in any source is enough: if another source overrides it with a
	// value that is none, the client must fail instead of silently disappearing.
	private boolean hasRedisUrl(ConfigurationPropertyName prefix) {
		return urls(prefix).anyMatch(RedisScheme::isMeantBy);
	}

	private @Nullable String url(ConfigurationPropertyName prefix) {
		return urls(prefix).findFirst().orElse(null);
	}

	private Stream<String> urls(ConfigurationPropertyName prefix) {
		ConfigurationPropertyName name = prefix.append(ClientProperties.URL.name());
		return this.sources.stream()
			.map((source) -> RawProperty.find(source, name))
			.filter(Objects::nonNull)
			.map((property) -> RedisUrlList.join(property.elements()
				.stream()
				.map((element) -> this.placeholders.resolveLeniently(String.valueOf(element.getValue())))
				.toList()));
	}

	private @Nullable String value(ConfigurationPropertyName name) {
		return this.sources.stream()
			.map((source) -> source.getConfigurationProperty(name))
			.filter(Objects::nonNull)
			.findFirst()
			.map((property) -> this.placeholders.resolveLeniently(String.valueOf(property.getValue())))
			.orElse(null);
	}

}
