package io.github.hotplate.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import redis.clients.jedis.HostAndPort;

/**
 * Reads {@code scheme://[[user]:password@]host[:port][,host[:port]...][/path]}. The path
 * is the database, in sentinel mode the primary's name and then the database; the name
 * may be omitted if {@code master} is set. {@link java.net.URI} does not help: it allows
 * one host only, and its errors quote the whole URL.
 */
final class RedisUrlParser {

	private static final int DEFAULT_PORT = 6379;

	private static final int DEFAULT_SENTINEL_PORT = 26379;

	private static final Pattern HOST_AND_PORT = Pattern
		.compile("(?<host>\\[[0-9A-Fa-f:.%]+]|[\\p{L}\\p{N}._-]*)(?::(?<port>.*))?");

	private static final Pattern REPEATED_USER_INFO = Pattern.compile("[^@]*@[^@]*,.*@.*");

	private static final Pattern FURTHER_SCHEME = Pattern.compile("[,\\s]([A-Za-z][A-Za-z0-9+.-]*)://");

	private static final Pattern DATABASE = Pattern.compile("\\d{1,9}");

	private final ConfigValue value;

	private final ClientMode mode;

	private final @Nullable String master;

	private final RedisScheme scheme;

	/**
	 * Create a parser.
	 * @param value the URL
	 * @param mode how the servers work together
	 * @param master the name of the primary in sentinel mode if the URL may omit it
	 */
	RedisUrlParser(ConfigValue value, ClientMode mode, @Nullable String master) {
		this.value = value;
		this.mode = mode;
		this.master = master;
		this.scheme = RedisScheme.of(value.text()).orElseThrow(() -> unknownScheme(value));
	}

	static ClientMode impliedMode(ConfigValue value) {
		return RedisScheme.of(value.text()).filter(RedisScheme::sentinel).isPresent() ? ClientMode.SENTINEL
				: ClientMode.CLUSTER;
	}

	RedisUrl parse() {
		if (this.scheme.sentinel() && this.mode != ClientMode.SENTINEL) {
			throw this.value.invalid(
					"scheme '" + this.scheme.text() + "' does not match mode '" + this.mode.label() + "'",
					"Set " + modeKey() + " to sentinel, or write " + this.value.key() + " as " + example() + ".");
		}
		String text = this.value.text().strip();
		String rest = text.substring(text.indexOf("://") + 3);
		if (rest.contains("://")) {
			rejectMixedSchemes(rest);
			throw this.value.invalid("multiple schemes",
					"Write the scheme of " + this.value.key() + " once, and encode :// in a password as %3A%2F%2F.");
		}
		int at = rest.lastIndexOf('@');
		if (REPEATED_USER_INFO.matcher(rest).matches()) {
			throw this.value.invalid("multiple users or passwords", "Write them once in " + this.value.key()
					+ ", before the first host, and encode @ in a password as %40.");
		}
		Credentials credentials = (at >= 0) ? credentials(rest.substring(0, at)) : new Credentials(null, null);
		return location(credentials, rest.substring(at + 1));
	}

	private RedisUrl location(Credentials credentials, String hostsAndPath) {
		if (hostsAndPath.contains("?") || hostsAndPath.contains("#")) {
			throw invalid("query or fragment not supported");
		}
		String[] parts = hostsAndPath.split("/", 2);
		List<HostAndPort> named = Arrays.stream(parts[0].split(",", -1)).map(this::seed).toList();
		List<HostAndPort> seeds = named.stream().filter(distinct()).toList();
		// A duplicate seed node is harmless, a duplicate shard is not.
		if (this.mode != ClientMode.CLUSTER && seeds.size() < named.size()) {
			throw this.value.invalid("duplicate address", "Write each address in " + this.value.key() + " once.");
		}
		if (this.mode == ClientMode.STANDALONE && seeds.size() > 1) {
			throw this.value.invalid("multiple servers in standalone mode",
					"Keep one server in " + this.value.key() + ", or set " + modeKey() + " to cluster or sharded.");
		}
		String path = (parts.length > 1) ? parts[1] : "";
		if (this.mode == ClientMode.SENTINEL) {
			return watched(seeds, path, credentials);
		}
		return new RedisUrl(this.scheme.tls(), seeds, database(path), null, credentials, origin());
	}

	// Host names are case-insensitive.
	private static Predicate<HostAndPort> distinct() {
		Set<String> known = new HashSet<>();
		return (address) -> known.add(address.toString().toLowerCase(Locale.ROOT));
	}

	// If foo.master is set, a path of one part is the database.
	private RedisUrl watched(List<HostAndPort> seeds, String path, Credentials credentials) {
		String[] parts = path.split("/", 2);
		if (this.master != null && parts.length == 1
				&& (path.isEmpty() || (DATABASE.matcher(path).matches() && !path.equals(this.master)))) {
			return new RedisUrl(this.scheme.tls(), seeds, database(path), this.master, credentials, origin());
		}
		String name = decode(parts[0]);
		if (name.isBlank()) {
			throw this.value.invalid("no primary name", "Write " + this.value.key() + " as " + example() + ", or set "
					+ this.value.siblingKey(ClientProperties.MASTER.name()) + " to the primary's name.");
		}
		if (this.master != null && !name.equals(this.master)) {
			throw this.value.invalid("not the primary of " + this.value.siblingKey(ClientProperties.MASTER.name()),
					"Remove one of them.");
		}
		return new RedisUrl(this.scheme.tls(), seeds, database((parts.length > 1) ? parts[1] : ""), name, credentials,
				origin());
	}

	private void rejectMixedSchemes(String rest) {
		FURTHER_SCHEME.matcher(rest)
			.results()
			.flatMap((match) -> RedisScheme.of(match.group(1) + "://").stream())
			.filter((other) -> other != this.scheme)
			.findFirst()
			.ifPresent((other) -> {
				throw this.value.invalid("mixed schemes '" + this.scheme.text() + "' and '" + other.text() + "'",
						"Write one scheme at the beginning of " + this.value.key()
								+ "; it applies to all servers of the client.");
			});
	}

	private HostAndPort seed(String text) {
		Matcher matcher = HOST_AND_PORT.matcher(text.strip());
		if (!matcher.matches()) {
			throw invalid("invalid host name or address");
		}
		String host = matcher.group("host");
		if (host.isEmpty()) {
			throw invalid("no host");
		}
		return new HostAndPort(host, port(matcher.group("port")));
	}

	private int port(@Nullable String text) {
		if (text == null) {
			return (this.mode == ClientMode.SENTINEL) ? DEFAULT_SENTINEL_PORT : DEFAULT_PORT;
		}
		int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
		if (port < 1 || port > 65535) {
			throw invalid("port must be a number from 1 to 65535");
		}
		return port;
	}

	private int database(String text) {
		if (!text.isEmpty() && !DATABASE.matcher(text).matches()) {
			throw invalid("database must be a number");
		}
		int database = text.isEmpty() ? 0 : Integer.parseInt(text);
		if (database != 0 && this.mode == ClientMode.CLUSTER) {
			throw this.value.invalid("database " + database + " in cluster mode", "End " + this.value.key()
					+ " in /0, the only database of a cluster, or set " + modeKey() + " to standalone.");
		}
		return database;
	}

	// A lone word is the password, as in Spring Boot's own Redis URLs.
	private Credentials credentials(String userInfo) {
		int colon = userInfo.indexOf(':');
		String username = (colon > 0) ? decode(userInfo.substring(0, colon)) : null;
		String password = decode(userInfo.substring(colon + 1));
		return password.isEmpty() ? new Credentials(username, null) : new Credentials(username, password);
	}

	private String decode(String text) {
		try {
			return StringUtils.uriDecode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// Its message quotes the text, which may be the password.
			throw this.value.invalid("not URL-encoded",
					"Encode % in the user, password or primary name in " + this.value.key() + " as %25.");
		}
	}

	private String modeKey() {
		return this.value.siblingKey(ClientProperties.MODE.name());
	}

	private String origin() {
		return (this.value.origin() != null) ? this.value.origin() : "";
	}

	private InvalidClientConfigException invalid(String reason) {
		return this.value.invalid(reason, "Write " + this.value.key() + " as " + example() + ".");
	}

	private String example() {
		return switch (this.mode) {
			case CLUSTER -> "redis://host:6379, with further seed nodes after commas";
			case SENTINEL -> "redis-sentinel://host:26379,host:26379/primary";
			case STANDALONE -> "redis://host:6379/0";
			case SHARDED -> "redis://host:6379,host:6379/0";
		};
	}

	private static InvalidClientConfigException unknownScheme(ConfigValue value) {
		if (RedisScheme.isQuoted(value.text())) {
			return value.invalid("in quotes", "Remove the quotes around " + value.key()
					+ ". They are part of values, except in YAML and in a shell.");
		}
		String reason = RedisScheme.textOf(value.text())
			.map((text) -> "unknown scheme '" + text + "'")
			.orElse("no scheme");
		String client = value.key().substring(0, value.key().lastIndexOf('.'));
		return value.invalid(reason,
				"Begin " + value.key() + " with one of: " + RedisScheme.known() + "." + unlessOther(client));
	}

	static String unlessOther(String client) {
		return " If '" + client + "' is no Redis client, list those that are in hotplate.clients.";
	}

}
