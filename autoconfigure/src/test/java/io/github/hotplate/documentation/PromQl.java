package io.github.hotplate.documentation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An expression that Prometheus evaluates, and what is made of its result.
 *
 * @param place where it is written
 * @param text the expression
 * @param template a text with labels of the result, or empty
 */
record PromQl(String place, String text, String template) {

	private static final Pattern SELECTOR = Pattern.compile("\\b([a-zA-Z_]\\w*)\\{([^}]*)}");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|ignoring)\\s*\\(([^)]*)\\)");

	private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

	private static final Pattern METER = Pattern.compile("\\b(?:redis_|runtime_|db_|http_)\\w+");

	private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");

	/**
	 * Return the names of all series.
	 */
	Set<String> names() {
		String bare = GROUPING.matcher(QUOTED.matcher(this.text).replaceAll("")).replaceAll("");
		return METER.matcher(SELECTOR.matcher(bare).replaceAll("$1"))
			.results()
			.map(MatchResult::group)
			.collect(Collectors.toSet());
	}

	/**
	 * Return the labels by which series are selected.
	 * @return the labels of each name
	 */
	Map<String, Set<String>> selectedBy() {
		Map<String, Set<String>> labels = new HashMap<>();
		SELECTOR.matcher(this.text)
			.results()
			.forEach((selector) -> MATCHER.matcher(selector.group(2))
				.results()
				.forEach((matcher) -> labels.computeIfAbsent(selector.group(1), (name) -> new HashSet<>())
					.add(matcher.group(1))));
		return labels;
	}

	/**
	 * Return the labels by which results are grouped.
	 */
	Set<String> groupedBy() {
		return GROUPING.matcher(this.text)
			.results()
			.flatMap((grouping) -> Stream.of(grouping.group(1).split("\\s*,\\s*")))
			.collect(Collectors.toSet());
	}

	/**
	 * Return the labels that the text about the result shows.
	 */
	Set<String> shown() {
		return TEMPLATE.matcher(this.template).results().map((label) -> label.group(1)).collect(Collectors.toSet());
	}

}
