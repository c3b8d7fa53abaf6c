package io.github.hotplate.documentation;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.hotplate.observation.OpenTelemetryMeter;
import io.github.hotplate.observation.RedisMeter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/dashboards} asks for meters that there are. The tables of
 * {@code docs/monitoring.md} say how Prometheus spells them, and are themselves compared
 * with what the code records.
 */
class DashboardsTests {

	/**
	 * These come from Spring Boot.
	 */
	private static final Series HTTP_REQUESTS = new Series("http.server.requests", "http_server_requests_seconds",
			"timer", Set.of("uri", "method"));

	/**
	 * Prometheus adds these to each series that it scrapes.
	 */
	private static final Set<String> LABELS_OF_SCRAPE = Set.of("job", "instance");

	private static final Set<String> WITH_BUCKETS = Set.of("redis_client_latency_seconds");

	/**
	 * These say what others say: the gauges of the pool, and baseplate's meters.
	 */
	private static final Set<String> LEFT_OUT = Stream
		.concat(Stream.of(RedisMeter.RUNTIME_POOL_SIZE, RedisMeter.RUNTIME_POOL_IN_USE).map(RedisMeter::meterName),
				Stream.of(OpenTelemetryMeter.values()).map(OpenTelemetryMeter::meterName))
		.collect(Collectors.toSet());

	private static final Pattern TROUBLESHOOTING = Pattern.compile("Troubleshooting: ([^.]+)\\.");

	private static final Document TROUBLES = Document.of("troubleshooting.md");

	private final List<Series> series = Stream
		.of(documented("| meter | Prometheus | kind | tags | HELP |"),
				documented("| OpenTelemetry meter | Prometheus | kind | attributes | description |"),
				Stream.of(HTTP_REQUESTS))
		.flatMap((part) -> part)
		.toList();

	private static Stream<Series> documented(String header) {
		return Document.of("monitoring.md")
			.rows(header)
			.map((row) -> new Series(Document.code(row[0]).get(0), Document.code(row[1]).get(0), row[2],
					Document.code(row[3]).stream().map((tag) -> tag.replace('.', '_')).collect(Collectors.toSet())));
	}

	@Test
	void namesAreThoseOfMeters() {
		assertThat(Dashboards.expressions()).isNotEmpty().noneMatch((expression) -> expression.names().isEmpty());
		assertThat(unfit((expression) -> expression.names().stream().filter((name) -> find(name).isEmpty()))).isEmpty();
	}

	@Test
	void seriesAreSelectedByTheirLabels() {
		assertThat(unfit((expression) -> expression.selectedBy()
			.entrySet()
			.stream()
			.flatMap((selected) -> without(selected.getValue(), labelsOf(selected.getKey()))
				.map((label) -> selected.getKey() + " has no " + label))))
			.isEmpty();
	}

	@Test
	void resultsAreGroupedByLabelsOfSeries() {
		assertThat(unfit((expression) -> without(expression.groupedBy(),
				expression.names().stream().flatMap((name) -> labelsOf(name).stream()).collect(Collectors.toSet()))))
			.isEmpty();
	}

	@Test
	void textsShowLabelsThatTheResultHas() {
		assertThat(unfit((expression) -> without(expression.shown(), expression.groupedBy()))).isEmpty();
	}

	private static List<String> unfit(Function<PromQl, Stream<String>> found) {
		return Dashboards.expressions()
			.stream()
			.flatMap((expression) -> found.apply(expression).map((what) -> expression.place() + ": " + what))
			.toList();
	}

	private static Stream<String> without(Set<String> labels, Set<String> known) {
		return labels.stream().filter((label) -> !known.contains(label));
	}

	@Test
	void everyMeterIsUsedOrLeftOutOnPurpose() {
		Set<String> used = Dashboards.expressions()
			.stream()
			.flatMap((expression) -> expression.names().stream())
			.flatMap((name) -> find(name).stream())
			.map(Series::meter)
			.collect(Collectors.toSet());
		Set<String> leftOut = this.series.stream().map(Series::meter).collect(Collectors.toCollection(TreeSet::new));
		leftOut.removeAll(used);
		assertThat(leftOut).containsExactlyInAnyOrderElementsOf(LEFT_OUT);
	}

	@Test
	void everyPanelSaysWhatItTells() {
		assertThat(Dashboards.panels()).isNotEmpty().allSatisfy((panel) -> {
			assertThat(Dashboards.text(panel, "title")).isNotBlank();
			assertThat(Dashboards.text(panel, "description")).as("%s", panel.get("title")).hasSizeGreaterThan(60);
		});
		assertThat(Dashboards.maps(Dashboards.dashboard(), "panels")).extracting((panel) -> panel.get("id"))
			.doesNotHaveDuplicates();
	}

	@Test
	void dataComeFromTheSelectedSource() {
		Stream
			.concat(Dashboards.panels().stream(),
					Dashboards.panels().stream().flatMap((panel) -> Dashboards.maps(panel, "targets").stream()))
			.forEach((part) -> assertThat(Dashboards.map(part, "datasource")).containsEntry("uid", "${datasource}"));
		assertThat(Dashboards.variables()).extracting((variable) -> variable.get("name"))
			.containsExactly("datasource", "job", "instance", "client");
	}

	@Test
	void panelsDoNotOverlap() {
		Set<List<Integer>> cells = new HashSet<>();
		for (Map<String, Object> panel : Dashboards.maps(Dashboards.dashboard(), "panels")) {
			Map<String, Object> place = Dashboards.map(panel, "gridPos");
			int right = number(place, "x") + number(place, "w");
			assertThat(right).as("%s", panel.get("title")).isLessThanOrEqualTo(24);
			for (int x = number(place, "x"); x < right; x++) {
				for (int y = number(place, "y"); y < number(place, "y") + number(place, "h"); y++) {
					assertThat(cells.add(List.of(x, y))).as("%s", panel.get("title")).isTrue();
				}
			}
		}
	}

	private static int number(Map<String, Object> map, String key) {
		return (Integer) map.get(key);
	}

	@Test
	void descriptionsNameSectionsOfTroubleshooting() {
		List<String> named = new ArrayList<>();
		Dashboards.panels()
			.forEach((panel) -> TROUBLESHOOTING.matcher(Dashboards.text(panel, "description"))
				.results()
				.forEach((sections) -> named.addAll(List.of(sections.group(1).split("; ")))));
		assertThat(named).isNotEmpty();
		assertThat(headings()).containsAll(named);
	}

	@Test
	void everyAlertSaysWhatToDo() {
		List<String> anchors = headings().stream()
			.map((heading) -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
			.toList();
		assertThat(Dashboards.rules()).isNotEmpty().allSatisfy((rule) -> {
			assertThat(Dashboards.map(rule, "labels")).extractingByKey("severity").isIn("critical", "warning", "info");
			assertThat(rule).containsKey("for");
			Map<String, Object> annotations = Dashboards.map(rule, "annotations");
			assertThat(annotations).containsOnlyKeys("summary", "description", "runbook_url");
			assertThat(Dashboards.text(annotations, "runbook_url")).as("%s", rule.get("alert"))
				.startsWith("docs/troubleshooting.md#");
			assertThat(anchors).contains(Dashboards.text(annotations, "runbook_url").split("#")[1]);
		});
	}

	@Test
	void everyAlertHasTestThatFiresIt() throws Exception {
		String tests = Files.readString(Dashboards.TESTS_OF_RULES);
		assertThat(Dashboards.rules()).extracting((rule) -> Dashboards.text(rule, "alert"))
			.allSatisfy((alert) -> assertThat(tests).contains(alert));
	}

	@Test
	void everyAlertIsDocumented() {
		assertThat(documentedAlerts()).containsExactlyElementsOf(Dashboards.rules()
			.stream()
			.map((rule) -> rule.get("alert") + " " + Dashboards.map(rule, "labels").get("severity") + " "
					+ rule.get("for"))
			.toList());
	}

	private static List<String> documentedAlerts() {
		return Document.of("dashboards.md")
			.rows("| alert | severity | for | when |")
			.map((row) -> Document.code(row[0]).get(0) + " " + row[1] + " " + row[2])
			.toList();
	}

	private static List<String> headings() {
		return TROUBLES.text()
			.lines()
			.filter((line) -> line.startsWith("##"))
			.map((line) -> line.replaceFirst("#+ ", ""))
			.toList();
	}

	private List<Series> find(String name) {
		return this.series.stream().filter((candidate) -> candidate.names().contains(name)).toList();
	}

	private Set<String> labelsOf(String name) {
		Set<String> labels = find(name).stream()
			.flatMap((found) -> found.labels().stream())
			.collect(Collectors.toCollection(HashSet::new));
		labels.addAll(LABELS_OF_SCRAPE);
		if (name.endsWith("_bucket")) {
			labels.add("le");
		}
		return labels;
	}

	/**
	 * What Prometheus makes of a meter.
	 *
	 * @param meter the meter's name
	 * @param prometheus the name that its series begin with
	 * @param kind the kind of meter
	 * @param labels its tags
	 */
	private record Series(String meter, String prometheus, String kind, Set<String> labels) {

		Set<String> names() {
			return switch (this.kind) {
				case "counter", "gauge" -> Set.of(this.prometheus);
				default -> Stream.of("_count", "_sum", "_max", "_bucket")
					.filter((suffix) -> !suffix.equals("_bucket") || WITH_BUCKETS.contains(this.prometheus))
					.map(this.prometheus::concat)
					.collect(Collectors.toSet());
			};
		}

	}

}
