package io.github.hotplate.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;

/**
 * What {@code docs/dashboards} has for Grafana and Prometheus.
 */
final class Dashboards {

	static final Path FOLDER = Path.of("..", "docs", "dashboards");

	static final Path RULES = FOLDER.resolve("alerts.yml");

	static final Path TESTS_OF_RULES = FOLDER.resolve("alerts_test.yml");

	static final Path DASHBOARD = FOLDER.resolve("hotplate.json");

	/**
	 * Grafana's own function, which Prometheus does not know.
	 */
	private static final Pattern LABEL_VALUES = Pattern.compile("^label_values\\((.*), (\\w+)\\)$");

	private Dashboards() {
	}

	/**
	 * Read the dashboard. JSON is YAML.
	 */
	static Map<String, Object> dashboard() {
		return read(DASHBOARD);
	}

	/**
	 * Return the panels of the dashboard, without its rows.
	 */
	static List<Map<String, Object>> panels() {
		return maps(dashboard(), "panels").stream().filter((panel) -> !"row".equals(panel.get("type"))).toList();
	}

	/**
	 * Return the variables of the dashboard.
	 */
	static List<Map<String, Object>> variables() {
		return maps(map(dashboard(), "templating"), "list");
	}

	/**
	 * Return the rules of alerts.
	 */
	static List<Map<String, Object>> rules() {
		return maps(read(RULES), "groups").stream().flatMap((group) -> maps(group, "rules").stream()).toList();
	}

	/**
	 * Return the expressions of the dashboard's panels.
	 */
	static List<PromQl> expressionsOfPanels() {
		return panels().stream()
			.flatMap((panel) -> maps(panel, "targets").stream()
				.map((target) -> new PromQl("panel \"" + panel.get("title") + '"', text(target, "expr"),
						text(target, "legendFormat"))))
			.toList();
	}

	/**
	 * Return the expressions of the dashboard's variables.
	 */
	static List<PromQl> expressionsOfVariables() {
		return variables().stream()
			.filter((variable) -> "query".equals(variable.get("type")))
			.map((variable) -> new PromQl("variable " + variable.get("name"),
					LABEL_VALUES.matcher(text(variable, "definition")).replaceFirst("count by ($2) ($1)"), ""))
			.toList();
	}

	/**
	 * Return the expressions of the rules.
	 */
	static List<PromQl> expressionsOfRules() {
		return rules().stream()
			.map((rule) -> new PromQl("alert " + rule.get("alert"), text(rule, "expr"),
					map(rule, "annotations").values().toString()))
			.toList();
	}

	/**
	 * Return all expressions.
	 */
	static List<PromQl> expressions() {
		return Stream.of(expressionsOfPanels(), expressionsOfVariables(), expressionsOfRules())
			.flatMap(List::stream)
			.toList();
	}

	static String text(Map<String, Object> map, String key) {
		return String.valueOf(map.get(key));
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(Map<String, Object> map, String key) {
		return (Map<String, Object>) map.get(key);
	}

	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> maps(Map<String, Object> map, String key) {
		return (List<Map<String, Object>>) map.get(key);
	}

	private static Map<String, Object> read(Path file) {
		try {
			return new Yaml().load(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
