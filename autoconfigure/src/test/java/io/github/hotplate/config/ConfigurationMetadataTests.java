package io.github.hotplate.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the configuration metadata, which editors complete from, says what the code
 * does.
 */
class ConfigurationMetadataTests {

	private static final String PREFIX = "rediscluster.";

	private final Map<String, Object> metadata = metadata();

	private final Map<String, Map<String, Object>> properties = byName("properties");

	@Test
	void holdsEveryKeyOfClientAndNoOther() {
		assertThat(this.properties.keySet().stream().filter((name) -> name.startsWith(PREFIX)))
			.containsExactlyInAnyOrderElementsOf(
					ClientProperties.all().stream().map((key) -> PREFIX + key.canonicalName()).toList());
	}

	@Test
	void holdsKeysOfAllClients() {
		assertThat(this.properties).containsKeys("hotplate.enabled", "hotplate.clients", "hotplate.primary",
				"hotplate.metrics.convention", "hotplate.spans.convention", "hotplate.request.enabled",
				"hotplate.request.server-timing", "hotplate.request.warn-commands", "hotplate.request.warn-time",
				"management.health.redisnodes.enabled");
	}

	@Test
	void describesEveryKey() {
		assertThat(this.properties).allSatisfy((name, property) -> {
			String description = String.valueOf(property.get("description"));
			assertThat(description).matches("[A-Z].*\\.").doesNotStartWith("The ");
			assertThat(property.get("type")).isNotNull();
			assertThat(description.startsWith("Whether to "))
				.isEqualTo(property.get("type").equals("java.lang.Boolean"));
		});
	}

	@Test
	void defaultsAreThoseOfTheCode() {
		assertThat(ClientProperties.all()).allSatisfy((key) -> {
			Object value = this.properties.get(PREFIX + key.canonicalName()).get("defaultValue");
			if (key.defaultText().isEmpty()) {
				assertThat(value).isNull();
			}
			else {
				assertThat(key.parser().parse(new ConfigValue(key.name(), String.valueOf(value), null)))
					.isEqualTo(key.parser().parse(new ConfigValue(key.name(), key.defaultText(), null)));
			}
		});
	}

	@Test
	void hintsListEveryChoice() {
		assertThat(hintedValues("mode")).containsExactlyElementsOf(
				Arrays.stream(ClientMode.values()).map(ClientMode::label).collect(Collectors.toList()));
		assertThat(hintedValues("startup")).containsExactly("fail", "warn").hasSameSizeAs(StartupFailure.values());
	}

	private List<Object> hintedValues(String key) {
		Object values = byName("hints").get(PREFIX + key).get("values");
		return ((List<?>) values).stream().map((value) -> (Object) ((Map<?, ?>) value).get("value")).toList();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Map<String, Object>> byName(String section) {
		return ((List<Map<String, Object>>) this.metadata.get(section)).stream()
			.collect(Collectors.toMap((item) -> (String) item.get("name"), (item) -> item));
	}

	// The file that the annotation processor writes, of which editors read one per jar.
	private static Map<String, Object> metadata() {
		try {
			for (URL url : Collections.list(ClientProperties.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream stream = url.openStream()) {
					String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
					if (text.contains("hotplate.enabled")) {
						return JsonParserFactory.getJsonParser().parseMap(text);
					}
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		throw new IllegalStateException("The annotation processor wrote no metadata");
	}

}
