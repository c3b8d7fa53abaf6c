package io.github.hotplate.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * The clients that an environment declares. A Redis URL under a single-segment prefix
 * ({@code foo.url}) declares a client, in any property source except the system
 * environment. So do keys that only a client has, so that a client with a broken URL is
 * an error. If {@code hotplate.clients} is set, it lists the clients instead.
 *
 * @param names the clients' names, each a prefix without the trailing dot
 * @param primary the name of the client whose beans are injected where nothing else
 * decides, {@code null} if there are several and {@code hotplate.primary} is not set
 * @param warnings warnings to log, each a sentence
 * @since 0.1.0
 */
public record ClientDeclarations(List<String> names, @Nullable String primary, List<String> warnings) {

	private static final String CLIENTS = "hotplate.clients";

	private static final ConfigProperty<Boolean> ENABLED = new ConfigProperty<>("enabled", "true", Parsers::springBool);

	private static final ConfigProperty<String> PRIMARY = new ConfigProperty<>("primary", "", Parsers::text);

	private static final Pattern NAME = Pattern.compile("\\w[\\w-]*(\\.\\w[\\w-]*)*");

	public ClientDeclarations {
		names = List.copyOf(names);
		warnings = List.copyOf(warnings);
	}

	/**
	 * Tell whether clients are enabled.
	 * @param environment where to look for {@code hotplate.enabled}
	 * @return {@code true} by default
	 * @throws InvalidClientConfigException if the value is not a boolean, as Spring reads
	 * booleans
	 */
	public static boolean isEnabled(Environment environment) {
		return new PrefixedProperties(environment, "hotplate.").get(ENABLED);
	}

	/**
	 * Finds the declared clients.
	 * @param environment where to look, a {@link ConfigurableEnvironment}
	 * @return the clients, none if {@code hotplate.enabled} is {@code false}
	 * @throws InvalidClientConfigException if a {@code hotplate.*} value is invalid
	 */
	public static ClientDeclarations of(Environment environment) {
		if (!isEnabled(environment)) {
			return new ClientDeclarations(List.of(), null, List.of());
		}
		ProductProperties.reject(environment);
		Map<ConfigurationPropertyName, String> listed = listed(environment);
		RedisUrlScan scan = new RedisUrlScan(environment);
		if (listed.isEmpty()) {
			return declarations(environment, scan.clients(), scan.warnings());
		}
		Map<ConfigurationPropertyName, String> found = scan.redisUrls();
		found.keySet().removeAll(listed.keySet());
		List<String> warnings = found.values().stream().map(ClientDeclarations::notListed).toList();
		return declarations(environment, listed, warnings);
	}

	private static ClientDeclarations declarations(Environment environment,
			Map<ConfigurationPropertyName, String> clients, List<String> warnings) {
		ConfigValue value = new PrefixedProperties(environment, "hotplate.").findValue(PRIMARY);
		String primary = (value != null) ? primary(value, clients) : single(clients);
		List<String> names = List.copyOf(clients.values());
		return new ClientDeclarations(names, primary,
				Stream.concat(warnings.stream(), UnreadKeys.warnings(environment, names)).toList());
	}

	private static String primary(ConfigValue value, Map<ConfigurationPropertyName, String> clients) {
		String name = PRIMARY.parser().parse(value).strip();
		String primary = NAME.matcher(name).matches() ? clients.get(ConfigurationPropertyName.adapt(name, '.')) : null;
		if (primary == null) {
			throw value.invalid("no such client",
					clients.isEmpty() ? "Declare that client, or remove " + value.key() + "."
							: "Set " + value.key() + " to one of: " + String.join(", ", clients.values()) + ".");
		}
		return primary;
	}

	private static @Nullable String single(Map<ConfigurationPropertyName, String> clients) {
		return (clients.size() == 1) ? clients.values().iterator().next() : null;
	}

	private static Map<ConfigurationPropertyName, String> listed(Environment environment) {
		Map<ConfigurationPropertyName, String> listed = new LinkedHashMap<>();
		Binder.get(environment)
			.bind(CLIENTS, Bindable.listOf(String.class))
			.orElse(List.of())
			.stream()
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.forEach((name) -> listed.putIfAbsent(ConfigurationPropertyName.adapt(checked(name), '.'), name));
		return listed;
	}

	private static String checked(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new ConfigValue(CLIENTS, name, null).invalid("invalid client name",
					"List client names without a trailing dot, separated by commas, such as foo, bar.");
		}
		return name;
	}

	private static String notListed(String name) {
		return name + ".url is a Redis URL, but " + CLIENTS + " does not list '" + name
				+ "', so no client is created. Add it to the list, or remove the URL.";
	}

}
