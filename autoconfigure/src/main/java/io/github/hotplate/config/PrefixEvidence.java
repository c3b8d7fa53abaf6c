package io.github.hotplate.config;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;

/**
 * What tells a client from another part of the application with the same prefix. Keys
 * such as {@code timeout} and {@code password} are everybody's, and leave a URL of
 * another scheme alone; others are found in clients only.
 */
final class PrefixEvidence {

	private static final Map<String, ConfigProperty<?>> KEYS = ClientProperties.all()
		.stream()
		.collect(Collectors.toMap((key) -> letters(key.name()), Function.identity()));

	private static final Set<ConfigProperty<?>> CREDENTIALS = Set.of(ClientProperties.USERNAME,
			ClientProperties.PASSWORD);

	/**
	 * The keys that nobody else has.
	 */
	private static final Set<ConfigProperty<?>> UNMISTAKABLE = ClientProperties.all()
		.stream()
		.filter((key) -> key.name().matches("sentinel_.+|penalty_box\\..+|hot_keys\\..+|track_key_.+"))
		.collect(Collectors.toSet());

	static {
		UNMISTAKABLE.addAll(Set.of(ClientProperties.MAX_CONNECTIONS_PER_NODE, ClientProperties.READ_FROM_REPLICAS,
				ClientProperties.SKIP_FULL_COVERAGE_CHECK, ClientProperties.NODEMANAGER_FOLLOW_CLUSTER,
				ClientProperties.TOPOLOGY_REFRESH_PERIOD, ClientProperties.RETRY_CLUSTER_DOWN_RETRY_ATTEMPTS,
				ClientProperties.RETRY_NON_IDEMPOTENT));
	}

	static final Set<String> MISNAMED_URLS = Set.of("urls", "uri", "uris");

	private static final String HOST = "(\\[[0-9A-Fa-f:.%]+]|[\\p{L}\\p{N}._-]+)";

	private static final Pattern HOST_AND_PORT = Pattern
		.compile("(//)?([^/]*@)?" + HOST + ":\\d+(\\s*,\\s*" + HOST + "(:\\d+)?)*(/\\d*)?");

	private static final Pattern BROKEN_SCHEME = Pattern.compile("(redis|valkey)[a-z+-]*:.+", Pattern.CASE_INSENSITIVE);

	private static final Pattern REDIS_PLACEHOLDER = Pattern.compile("\\$\\{[^}]*(redis|valkey)[^}]*}",
			Pattern.CASE_INSENSITIVE);

	private final Set<ConfigProperty<?>> keys = new HashSet<>();

	private final Set<ConfigProperty<?>> typical = new HashSet<>();

	private String spelling = "";

	private boolean url;

	private boolean underscored;

	private @Nullable String misnamedUrl;

	void note(ConfigurationPropertyName name, Supplier<@Nullable String> value) {
		ConfigProperty<?> key = key(name);
		if (key == ClientProperties.URL) {
			this.url = true;
		}
		else if (key != null) {
			this.keys.add(key);
			boolean underscored = original(name, 1).contains("_");
			this.underscored |= underscored;
			if (isTypical(key, underscored, value)) {
				this.typical.add(key);
			}
		}
		else if (isMisnamedUrl(name, value)) {
			this.misnamedUrl = original(name, 0);
		}
		else {
			return;
		}
		this.spelling = name.getElement(0, Form.ORIGINAL);
	}

	private static @Nullable ConfigProperty<?> key(ConfigurationPropertyName name) {
		int elements = name.getNumberOfElements() - (RawProperty.isElement(name) ? 1 : 0);
		return KEYS.get(IntStream.range(1, elements)
			.mapToObj((i) -> name.getElement(i, Form.UNIFORM))
			.collect(Collectors.joining(".")));
	}

	private static String letters(String key) {
		return key.replace("_", "");
	}

	// Most applications write keys of several words with dashes.
	private static boolean isTypical(ConfigProperty<?> key, boolean underscored, Supplier<@Nullable String> value) {
		if (key == ClientProperties.MODE) {
			return isChoice(key, value.get());
		}
		return UNMISTAKABLE.contains(key) || (key == ClientProperties.MAX_CONNECTIONS && underscored);
	}

	private static boolean isChoice(ConfigProperty<?> key, @Nullable String text) {
		try {
			key.parser().parse(new ConfigValue(key.name(), String.valueOf(text), null));
			return true;
		}
		catch (InvalidClientConfigException ex) {
			return false;
		}
	}

	private static boolean isMisnamedUrl(ConfigurationPropertyName name, Supplier<@Nullable String> value) {
		if (name.getNumberOfElements() > (RawProperty.isElement(name) ? 3 : 2)
				|| !MISNAMED_URLS.contains(name.getElement(1, Form.UNIFORM))) {
			return false;
		}
		String text = value.get();
		return text != null && RedisScheme.isMeantBy(text);
	}

	private static String original(ConfigurationPropertyName name, int from) {
		int elements = name.getNumberOfElements() - (RawProperty.isElement(name) ? 1 : 0);
		return IntStream.range(from, elements)
			.mapToObj((i) -> name.getElement(i, Form.ORIGINAL))
			.collect(Collectors.joining("."));
	}

	static boolean isUrl(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 1 && key(name) == ClientProperties.URL;
	}

	/**
	 * Tell whether a source has keys of a client beside its URL.
	 * @param source the source
	 * @param prefix the client's prefix
	 * @return whether there is a key that is not everybody's
	 */
	static boolean isMeantAsClient(ConfigurationPropertySource source, ConfigurationPropertyName prefix) {
		return ClientProperties.all().stream().anyMatch((key) -> {
			ConfigurationProperty property = source.getConfigurationProperty(prefix.append(key.canonicalName()));
			return property != null && (UNMISTAKABLE.contains(key) || key == ClientProperties.MAX_CONNECTIONS
					|| (key == ClientProperties.MODE && isChoice(key, String.valueOf(property.getValue()))));
		});
	}

	/**
	 * Tell whether the keys and a URL without Redis' scheme were meant as a client.
	 * @param text the URL that takes precedence, or {@code null}
	 * @return whether the prefix must not be ignored
	 */
	boolean isMeantAsClient(@Nullable String text) {
		if (text == null) {
			return this.typical.size() > 1 || this.typical.stream().anyMatch(UNMISTAKABLE::contains);
		}
		if (!this.typical.isEmpty()) {
			return true;
		}
		if (text.contains("://")) {
			return false;
		}
		return this.underscored || REDIS_PLACEHOLDER.matcher(text).find()
				|| (isAddress(text.strip()) && (this.url || !CREDENTIALS.containsAll(this.keys)));
	}

	private static boolean isAddress(String text) {
		return HOST_AND_PORT.matcher(text).matches() || BROKEN_SCHEME.matcher(text).matches();
	}

	String spelling() {
		return this.spelling;
	}

	boolean hasUrl() {
		return this.url;
	}

	boolean hasOwnKeys() {
		return !this.keys.isEmpty();
	}

	boolean hasMisnamedUrl() {
		return this.misnamedUrl != null;
	}

	String misnamedUrl() {
		return String.valueOf(this.misnamedUrl);
	}

}
