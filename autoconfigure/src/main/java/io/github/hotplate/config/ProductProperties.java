package io.github.hotplate.config;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Rejects unknown {@code hotplate.*} properties that resemble a known one, or that are
 * meant for a client.
 */
final class ProductProperties {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("hotplate");

	private static final List<String> KNOWN = List.of("clients", "enabled", "primary", "metrics.convention",
			"request.enabled", "request.server_timing", "request.warn_commands", "request.warn_time",
			"spans.convention");

	private ProductProperties() {
	}

	static void reject(Environment environment) {
		ConfigurationPropertySources.get(environment).forEach((source) -> {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(PREFIX::isAncestorOf).forEach((name) -> reject(iterable, name));
			}
		});
	}

	private static void reject(IterableConfigurationPropertySource source, ConfigurationPropertyName name) {
		int elements = name.getNumberOfElements() - (RawProperty.isElement(name) ? 1 : 0);
		String key = join(name, elements, Form.UNIFORM);
		if (KNOWN.stream().map(PrefixEvidence::letters).anyMatch(key::equals) || PrefixEvidence.isKey(name)) {
			return;
		}
		String spelled = join(name, elements, Form.ORIGINAL);
		if ((key.startsWith("clients.") || isKeyOfNestedClient(name)) && isMeantForHotplate(source, name)) {
			throw rejected(source, name, name.toString(), "no key of hotplate",
					"Move the keys of each client to the top level, such as foo.url. hotplate.clients is a list of"
							+ " names, which is not needed for prefixes of one segment.");
		}
		KNOWN.stream()
			.filter((known) -> EditDistance.isTypo(key, PrefixEvidence.letters(known)))
			.findFirst()
			.ifPresent((known) -> {
				throw rejected(source, name, "hotplate." + spelled, "unknown key; did you mean hotplate." + known + "?",
						"Rename it to hotplate." + known + ".");
			});
	}

	private static boolean isKeyOfNestedClient(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 2 && PrefixEvidence.isKey(name.subName(1));
	}

	// Variables such as HOTPLATE_CLIENTS_SERVICE_HOST may be those of a service.
	private static boolean isMeantForHotplate(IterableConfigurationPropertySource source,
			ConfigurationPropertyName name) {
		if (!RedisUrlScan.isSystemEnvironment(source)) {
			return true;
		}
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return property != null && RedisScheme.isMeantBy(String.valueOf(property.getValue()));
	}

	private static InvalidClientConfigException rejected(IterableConfigurationPropertySource source,
			ConfigurationPropertyName name, String key, String reason, String action) {
		Origin origin = Origin.from(source.getConfigurationProperty(name));
		return new InvalidClientConfigException(key, null, (origin != null) ? origin.toString() : null, reason, action);
	}

	private static String join(ConfigurationPropertyName name, int elements, Form form) {
		return IntStream.range(1, elements).mapToObj((i) -> name.getElement(i, form)).collect(Collectors.joining("."));
	}

}
