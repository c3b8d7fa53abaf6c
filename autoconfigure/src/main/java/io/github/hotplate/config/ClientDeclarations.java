package io.github.hotplate.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * The clients that an environment declares. A Redis URL under a single-segment prefix
 * ({@code foo.url}) declares a client, in any property source except the system
 * environment. If {@code hotplate.clients} is set, it lists the clients instead.
 *
 * @param names the clients' names, each a prefix without the trailing dot
 * @param warnings warnings to log, each a sentence
 * @since 0.1.0
 */
public record ClientDeclarations(List<String> names, List<String> warnings) {

	private static final String CLIENTS = "hotplate.clients";

	private static final ConfigProperty<Boolean> ENABLED = new ConfigProperty<>("enabled", "true", Parsers::springBool);

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
			return new ClientDeclarations(List.of(), List.of());
		}
		Map<ConfigurationPropertyName, String> listed = listed(environment);
		Map<ConfigurationPropertyName, String> found = RedisUrlScan.of(environment);
		if (listed.isEmpty()) {
			return new ClientDeclarations(List.copyOf(found.values()), List.of());
		}
		found.keySet().removeAll(listed.keySet());
		List<String> warnings = found.values().stream().map(ClientDeclarations::notListed).toList();
		return new ClientDeclarations(List.copyOf(listed.values()), warnings);
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
