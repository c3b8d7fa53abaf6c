package io.github.hotplate.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The schemes of Redis URLs.
 */
enum RedisScheme {

	REDIS("redis", false, false),

	REDISS("rediss", true, false),

	REDIS_SENTINEL("redis-sentinel", false, true),

	REDISS_SENTINEL("rediss-sentinel", true, true);

	private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);

	private static final Pattern QUOTES = Pattern.compile("^\\s*[\"'`]+|[\"'`]+\\s*$");

	private final String text;

	private final boolean tls;

	private final boolean sentinel;

	RedisScheme(String text, boolean tls, boolean sentinel) {
		this.text = text;
		this.tls = tls;
		this.sentinel = sentinel;
	}

	String text() {
		return this.text;
	}

	boolean tls() {
		return this.tls;
	}

	boolean sentinel() {
		return this.sentinel;
	}

	static RedisScheme of(boolean tls, boolean sentinel) {
		return Arrays.stream(values())
			.filter((scheme) -> scheme.tls == tls && scheme.sentinel == sentinel)
			.findFirst()
			.orElseThrow();
	}

	static Optional<RedisScheme> of(String url) {
		return textOf(url)
			.flatMap((text) -> Arrays.stream(values()).filter((scheme) -> scheme.text.equals(text)).findFirst());
	}

	// A typo in a scheme is an error to report, not a URL to ignore, and so are a scheme
	// of another library and quotes that belong to the value.
	static boolean isMeantBy(String url) {
		return textOf(unquoted(url))
			.filter((text) -> text.startsWith("redis") || text.startsWith("valkey")
					|| Arrays.stream(values()).anyMatch((scheme) -> EditDistance.isTypo(text, scheme.text)))
			.isPresent();
	}

	static boolean isQuoted(String url) {
		return QUOTES.matcher(url).lookingAt();
	}

	static String unquoted(String url) {
		return QUOTES.matcher(url).replaceAll("");
	}

	static Optional<String> textOf(String url) {
		Matcher matcher = SCHEME.matcher(url);
		return matcher.matches() ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
	}

	static String known() {
		return Arrays.stream(values()).map((scheme) -> scheme.text + "://").collect(Collectors.joining(", "));
	}

}
