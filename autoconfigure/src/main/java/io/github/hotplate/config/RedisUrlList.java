package io.github.hotplate.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes one URL of a list. The servers may share a scheme, user, password and path, each
 * written once or with every server.
 */
final class RedisUrlList {

	private static final Pattern PARTS = Pattern.compile(
			"(?<scheme>[A-Za-z][A-Za-z0-9+.-]*://)?(?<userInfo>.*@)?(?<hosts>[^@/]*)(?<path>/[^@]*)?", Pattern.DOTALL);

	private RedisUrlList() {
	}

	static String join(List<String> urls) {
		List<Matcher> parts = urls.stream().map((url) -> PARTS.matcher(url.strip())).toList();
		if (urls.size() == 1 || !parts.stream().allMatch(Matcher::matches) || !isUniform(parts, "scheme")
				|| !isUniform(parts, "userInfo") || !isUniform(parts, "path")) {
			// What differs is for the parser to report.
			return urls.stream().map(String::strip).collect(Collectors.joining(","));
		}
		String hosts = parts.stream().map((part) -> part.group("hosts")).collect(Collectors.joining(","));
		return common(parts, "scheme") + common(parts, "userInfo") + hosts + common(parts, "path");
	}

	private static boolean isUniform(List<Matcher> parts, String group) {
		return parts.stream()
			.map((part) -> part.group(group))
			.filter(Objects::nonNull)
			.map((text) -> group.equals("scheme") ? text.toLowerCase(Locale.ROOT) : text)
			.distinct()
			.count() <= 1;
	}

	private static String common(List<Matcher> parts, String group) {
		return parts.stream().map((part) -> part.group(group)).filter(Objects::nonNull).findFirst().orElse("");
	}

}
