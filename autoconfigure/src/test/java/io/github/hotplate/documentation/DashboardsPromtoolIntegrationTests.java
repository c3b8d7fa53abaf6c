package io.github.hotplate.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus itself says of {@code docs/dashboards}.
 */
@RequiresPromtool
class DashboardsPromtoolIntegrationTests {

	private final Promtool promtool = Promtool.find().orElseThrow();

	@Test
	void rulesAreValid() {
		passes("check", "rules", "--lint=all", "--lint-fatal", Dashboards.RULES.toString());
	}

	@Test
	void rulesAlertWhenTheyShould() {
		passes("test", "rules", Dashboards.TESTS_OF_RULES.toString());
	}

	@Test
	void expressionsOfDashboardAreValid(@TempDir Path folder) throws IOException {
		List<PromQl> expressions = Dashboards.expressionsOfPanels();
		List<Map<String, String>> rules = IntStream.range(0, expressions.size())
			.mapToObj((number) -> Map.of("record", "panel:" + number, "expr",
					expressions.get(number).text().replace("$__rate_interval", "1m")))
			.toList();
		Path file = Files.writeString(folder.resolve("dashboard.yml"),
				new Yaml().dump(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)))));
		passes("check", "rules", file.toString());
	}

	private void passes(String... arguments) {
		Promtool.Outcome outcome = this.promtool.run(arguments);
		assertThat(outcome.exitCode()).as(outcome.output()).isZero();
	}

}
