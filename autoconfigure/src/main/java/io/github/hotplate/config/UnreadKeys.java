package io.github.hotplate.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Keys of other Redis libraries that a client does not read, because its URL says the
 * same. If it says something else, an application would talk to another database than it
 * seems to, or without TLS.
 */
final class UnreadKeys {

	private static final List<String> TLS = List.of("ssl", "ssl.enabled", "ssl.bundle", "tls", "tls.enabled");

	private static final List<String> OFF = List.of("false", "no", "off", "0");

	private static final List<String> DATABASES = List.of("database", "db");

	private static final List<String> ADDRESSES = List.of("host", "port");

	private static final Pattern DATABASE = Pattern.compile("//.*/(\\d+)$");

	private final PrefixedProperties properties;

	private UnreadKeys(PrefixedProperties properties) {
		this.properties = properties;
	}

	/**
	 * Describe the keys.
	 * @param environment where to look
	 * @param clients the names of the clients
	 * @return a sentence for each
	 */
	static Stream<String> warnings(Environment environment, List<String> clients) {
		return clients.stream()
			.map((client) -> new UnreadKeys(new PrefixedProperties(environment, client + ".")))
			.flatMap(UnreadKeys::warnings);
	}

	private Stream<String> warnings() {
		String url = value(ClientProperties.URL.name());
		RedisScheme scheme = (url != null) ? RedisScheme.of(url).orElse(null) : null;
		// With an address of its own, the prefix is shared with another library.
		if (url == null || scheme == null || ADDRESSES.stream().anyMatch((key) -> value(key) != null)) {
			return Stream.empty();
		}
		Stream<String> plain = (scheme.tls() || TLS.stream().anyMatch(this::isOff)) ? Stream.empty()
				: TLS.stream()
					.filter((key) -> value(key) != null)
					.map((key) -> unread(key, "connects without TLS, because ",
							" does not begin with rediss:// or rediss-sentinel://"));
		Stream<String> databases = DATABASES.stream().filter((key) -> {
			String database = value(key);
			return database != null && database.matches("\\d+") && !database.equals(databaseOf(url));
		}).map((key) -> unread(key, "uses another database, because ", " does not end with it"));
		return Stream.concat(plain, databases);
	}

	private boolean isOff(String key) {
		String value = value(key);
		return value != null && OFF.contains(value.toLowerCase(Locale.ROOT));
	}

	private static String databaseOf(String url) {
		Matcher matcher = DATABASE.matcher(url.strip());
		return matcher.find() ? matcher.group(1) : "0";
	}

	private @Nullable String value(String key) {
		try {
			ConfigValue value = this.properties
				.findValue(new ConfigProperty<>(key, "", Parsers::text, RedisUrlList::join));
			return (value != null) ? value.text().strip() : null;
		}
		catch (InvalidClientConfigException ex) {
			// Only keys of the client itself are an error.
			return null;
		}
	}

	private String unread(String key, String consequence, String cause) {
		return this.properties.prefix() + key + " is not read: client '" + this.properties.client() + "' " + consequence
				+ this.properties.propertyName(ClientProperties.URL) + cause + ".";
	}

}
