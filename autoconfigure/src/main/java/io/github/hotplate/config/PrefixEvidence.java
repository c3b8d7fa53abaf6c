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
	 * The keys that nobody takes for anything but one value.
	 */
	static final Set<ConfigProperty<?>> TEXTS = Set.of(ClientProperties.USERNAME, ClientProperties.PASSWORD,
			ClientProperties.SENTINEL_USERNAME, ClientProperties.SENTINEL_PASSWORD);

	/**
	 * The keys that nobody else has.
	 */
	private static final Set<ConfigProperty<?>> UNMISTAKABLE = ClientProperties.all()
		.stream()
		.filter((key) -> key.name().matches("sentinel_.+|penalty_box\\..+|hot_keys\\..+|slow_calls\\..+|track_key_.+"))
		.collect(Collectors.toSet());

	static {
		UNMISTAKABLE.addAll(Set.of(ClientProperties.MAX_CONNECTIONS_PER_NODE, ClientProperties.READ_FROM_REPLICAS,
				ClientProperties.SKIP_FULL_COVERAGE_CHECK, ClientProperties.NODEMANAGER_FOLLOW_CLUSTER,
				ClientProperties.TOPOLOGY_REFRESH_PERIOD, ClientProperties.RETRY_CLUSTER_DOWN_RETRY_ATTEMPTS,
				ClientProperties.RETRY_NON_IDEMPOTENT, ClientProperties.CLIENT_SET_NAME));
	}

	/**
	 * The keys that others have as well, but hardly ever two of them.
	 */
	private static final Set<ConfigProperty<?>> UNUSUAL = Set.of(ClientProperties.SOCKET_TIMEOUT,
			ClientProperties.SOCKET_CONNECT_TIMEOUT, ClientProperties.SHUTDOWN_TIMEOUT, ClientProperties.CLIENT_NAME,
			ClientProperties.SSL_VERIFY_HOSTNAME, ClientProperties.RETRY_MAX_ATTEMPTS,
			ClientProperties.RETRY_MAX_RETRIES, ClientProperties.RETRY_BACKOFF_MULTIPLIER,
			ClientProperties.RETRY_MAX_BACKOFF);

	private static final Set<ConfigProperty<?>> EVERYBODYS = Set.of(ClientProperties.USERNAME,
			ClientProperties.PASSWORD, ClientProperties.TIMEOUT, ClientProperties.MASTER);

	static final Set<String> MISNAMED_URLS = Set.of("urls", "uri", "uris");

	private static final Set<String> ADDRESSES = Set.of("urls", "uri", "uris", "node", "nodes", "host", "hosts",
			"server", "servers", "address", "addresses", "endpoint", "endpoints");

	private static final Set<String> FOREIGN = Set.of("host", "port", "database");

	private static final String HOST = "(\\[[0-9A-Fa-f:.%]+]|[\\p{L}\\p{N}._-]+)";

	private static final Pattern HOST_AND_PORT = Pattern
		.compile("(//)?([^/]*@)?" + HOST + ":\\d+(\\s*,\\s*" + HOST + "(:\\d+)?)*(/\\d*)?");

	private static final Pattern HOSTS = Pattern.compile(HOST + "(\\s*,\\s*" + HOST + ")*");

	private static final Pattern REDIS_HOST = Pattern.compile(".*(redis|valkey).*", Pattern.CASE_INSENSITIVE);

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]+}");

	private static final Pattern JDBC = Pattern.compile("\\s*(jdbc|r2dbc|jndi|mailto|urn|file|classpath):",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern TRANSPORT = Pattern.compile("(tcp|tls|ssl|unix)://.*", Pattern.CASE_INSENSITIVE);

	private static final Pattern BROKEN_SCHEME = Pattern.compile("(redis|valkey)[a-z+-]*:.+", Pattern.CASE_INSENSITIVE);

	private static final Pattern REDIS_PLACEHOLDER = Pattern.compile("\\$\\{[^}]*(redis|valkey)[^}]*}",
			Pattern.CASE_INSENSITIVE);

	private final Set<ConfigProperty<?>> keys = new HashSet<>();

	private final Set<ConfigProperty<?>> typical = new HashSet<>();

	private final Set<ConfigProperty<?>> unusual = new HashSet<>();

	private String spelling = "";

	private boolean url;

	private boolean underscored;

	private boolean address;

	private boolean foreign;

	private boolean element;

	private @Nullable String misnamedUrl;

	private @Nullable String otherUrl;

	void note(ConfigurationPropertyName name, Supplier<@Nullable String> value) {
		ConfigProperty<?> key = key(name);
		if (key == ClientProperties.URL) {
			this.url = true;
			this.element |= RawProperty.isElement(name) && isRedisUrl(value);
		}
		else if (key != null) {
			this.keys.add(key);
			boolean underscored = original(name, 1).contains("_");
			this.underscored |= underscored;
			if (isTypical(key, underscored, value)) {
				this.typical.add(key);
			}
			else if (isUnusual(key, underscored, value)) {
				this.unusual.add(key);
			}
		}
		else if (isOneOf(MISNAMED_URLS, name) && isRedisUrl(value)) {
			this.misnamedUrl = original(name, 0);
		}
		else if ((isOneOf(ADDRESSES, name) || isBelowUrl(name)) && isRedisUrl(value)) {
			this.otherUrl = original(name, 0);
			this.address = true;
		}
		else if (isAddressOfServers(name, value)) {
			this.address = true;
		}
		else {
			this.foreign |= FOREIGN.contains(name.getElement(1, Form.UNIFORM));
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

	static String letters(String key) {
		return key.replace("_", "");
	}

	// Most applications write keys of several words with dashes.
	private static boolean isTypical(ConfigProperty<?> key, boolean underscored, Supplier<@Nullable String> value) {
		if (key == ClientProperties.MODE) {
			return isChoice(key, value.get());
		}
		return UNMISTAKABLE.contains(key) || (key == ClientProperties.MAX_CONNECTIONS && underscored);
	}

	private static boolean isUnusual(ConfigProperty<?> key, boolean underscored, Supplier<@Nullable String> value) {
		if (key == ClientProperties.STARTUP || (key == ClientProperties.READ_PREFERENCE && underscored)) {
			return isChoice(key, value.get());
		}
		return UNUSUAL.contains(key) && underscored;
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

	private static boolean isRedisUrl(Supplier<@Nullable String> value) {
		String text = value.get();
		return text != null && RedisScheme.isMeantBy(text);
	}

	private static boolean isBelowUrl(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 2 && name.getElement(1, Form.UNIFORM).equals(ClientProperties.URL.name());
	}

	private static boolean isAddressOfServers(ConfigurationPropertyName name, Supplier<@Nullable String> value) {
		if (isBelowUrl(name)) {
			return true;
		}
		if (!isOneOf(ADDRESSES, name)) {
			return false;
		}
		String text = value.get();
		return text != null && isAddress(text.strip());
	}

	private static boolean isOneOf(Set<String> keys, ConfigurationPropertyName name) {
		return name.getNumberOfElements() <= (RawProperty.isElement(name) ? 3 : 2)
				&& keys.contains(name.getElement(1, Form.UNIFORM));
	}

	private static String original(ConfigurationPropertyName name, int from) {
		int elements = name.getNumberOfElements() - (RawProperty.isElement(name) ? 1 : 0);
		return IntStream.range(from, elements)
			.mapToObj((i) -> name.getElement(i, Form.ORIGINAL))
			.collect(Collectors.joining("."));
	}

	/**
	 * Tell whether a name is that of one element of a list of URLs.
	 * @param suffix the name without the prefix
	 * @return whether it is {@code url[0]}, {@code url[1]} and so on
	 */
	static boolean isUrlElement(ConfigurationPropertyName suffix) {
		return suffix.getNumberOfElements() == 2 && RawProperty.isElement(suffix)
				&& suffix.getElement(0, Form.UNIFORM).equals(ClientProperties.URL.name());
	}

	static boolean isUrl(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 1 && key(name) == ClientProperties.URL;
	}

	static boolean isKey(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 1 && key(name) != null;
	}

	/**
	 * Tell whether a source has keys of a client beside its URL.
	 * @param source the source
	 * @param prefix the client's prefix
	 * @return whether there is a key that is not everybody's
	 */
	static boolean isMeantAsClient(ConfigurationPropertySource source, ConfigurationPropertyName prefix) {
		return isMeantAsClient(source, (key) -> prefix.append(key.canonicalName()));
	}

	/**
	 * Tell whether a source has keys of a client beside its URL.
	 * @param source the source
	 * @param naming how the keys are named there
	 * @return whether there is a key that is not everybody's
	 */
	static boolean isMeantAsClient(ConfigurationPropertySource source,
			Function<ConfigProperty<?>, ConfigurationPropertyName> naming) {
		return ClientProperties.all().stream().anyMatch((key) -> {
			if (key == ClientProperties.URL || EVERYBODYS.contains(key)) {
				return false;
			}
			ConfigurationProperty property = source.getConfigurationProperty(naming.apply(key));
			return property != null
					&& (key != ClientProperties.MODE || isChoice(key, String.valueOf(property.getValue())));
		});
	}

	/**
	 * Tell whether the keys and a URL without Redis' scheme were meant as a client.
	 * @param text the URL that takes precedence, or {@code null}
	 * @return whether the prefix must not be ignored
	 */
	boolean isMeantAsClient(@Nullable String text) {
		if (text == null || isOfOtherScheme(text)) {
			return hasTwoTypical(text) || this.typical.stream().anyMatch(UNMISTAKABLE::contains);
		}
		return !this.typical.isEmpty() || this.underscored || !this.unusual.isEmpty()
				|| REDIS_PLACEHOLDER.matcher(text).find()
				|| (isAddress(text.strip()) && (this.url || !CREDENTIALS.containsAll(this.keys)));
	}

	/**
	 * Tell whether the keys and a URL without Redis' scheme may have been meant as a
	 * client, or belong to something else.
	 * @param text the URL that takes precedence, or {@code null}
	 * @return whether the prefix must not be ignored in silence
	 */
	boolean mayBeMeantAsClient(@Nullable String text) {
		if (text == null) {
			return !(this.typical.isEmpty() && this.unusual.isEmpty()) && (this.keys.size() > 1 || this.address);
		}
		if (isOfOtherScheme(text)) {
			return !this.typical.isEmpty() || (isTransport(text) && !this.unusual.isEmpty());
		}
		if (PLACEHOLDER.matcher(text.strip()).matches()) {
			return !CREDENTIALS.containsAll(this.keys);
		}
		return this.url && HOSTS.matcher(text.strip()).matches()
				&& (!this.keys.isEmpty() || text.contains(",") || REDIS_HOST.matcher(text).matches());
	}

	// Two keys that others have as well say nothing beside a URL that is for others.
	private boolean hasTwoTypical(@Nullable String text) {
		boolean foreign = text != null && !isTransport(text);
		return this.typical.size() + (foreign ? 0 : this.unusual.size()) > 1;
	}

	private static boolean isOfOtherScheme(String text) {
		return text.contains("://") || JDBC.matcher(text).lookingAt();
	}

	// These say how to connect, and not to what.
	private static boolean isTransport(String text) {
		return TRANSPORT.matcher(text.strip()).matches();
	}

	private static boolean isAddress(String quoted) {
		String text = RedisScheme.unquoted(quoted);
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

	/**
	 * Tell whether the prefix is that of another library, which has its own keys for what
	 * a URL says.
	 * @return whether nothing but keys of everybody is beside them
	 */
	boolean isForeign() {
		return this.foreign && EVERYBODYS.containsAll(this.keys);
	}

	/**
	 * Tell whether there is a Redis URL in a list, which may have a gap before it.
	 * @return whether an element is one
	 */
	boolean hasUrlElement() {
		return this.element;
	}

	boolean hasMisnamedUrl() {
		return this.misnamedUrl != null;
	}

	/**
	 * Return the key of a Redis URL that is not where a client's URL should be.
	 * @return the key, {@code null} if there is none
	 */
	@Nullable String misplacedUrl() {
		return (this.misnamedUrl != null) ? this.misnamedUrl : this.otherUrl;
	}

}
