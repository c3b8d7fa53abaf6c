package io.github.hotplate.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks passwords in a URL, even a malformed one.
 */
final class Secrets {

	static final String MASK = "******";

	private static final Pattern SCHEME = Pattern.compile("^\\s*[A-Za-z][A-Za-z0-9+.-]*://");

	// If the '@' is missing, an invalid port may be a password.
	private static final Pattern WRONG_PORT = Pattern
		.compile(":(?!//|[0-9A-Fa-f:.%]*]|-?\\d{1,5}(?:[,/?#\\s]|$))[^,/?#]*");

	private static final Pattern QUERY_VALUE = Pattern.compile("(?<=[?&#][^=&]{0,64}=)[^&]*");

	private Secrets() {
	}

	static String mask(String text) {
		Matcher matcher = SCHEME.matcher(text);
		String scheme = matcher.find() ? matcher.group() : "";
		String rest = text.substring(scheme.length());
		return scheme + QUERY_VALUE.matcher(maskUserInfo(rest)).replaceAll(MASK);
	}

	// Up to the last '@', because a password that is not URL-encoded may contain one.
	private static String maskUserInfo(String text) {
		int at = text.lastIndexOf('@');
		if (at < 0) {
			return WRONG_PORT.matcher(text).replaceAll(":" + MASK);
		}
		int colon = text.indexOf(':');
		String user = (colon >= 0 && colon < at) ? text.substring(0, colon + 1) : "";
		return user + MASK + text.substring(at);
	}

}
