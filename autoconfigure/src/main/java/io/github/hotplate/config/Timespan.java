package io.github.hotplate.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations in the formats of baseplate ({@code 3 seconds}), Spring ({@code 3s}) and
 * ISO-8601 ({@code PT3S}). A number without a unit is rejected, because conventions
 * differ on whether it means seconds or milliseconds.
 */
final class Timespan {

	private static final Duration MIN = Duration.ofMillis(1);

	private static final Duration MAX = Duration.ofDays(1);

	private static final Pattern COUNT_AND_UNIT = Pattern.compile("([+-]?\\d{1,18})\\s*([a-z]+)");

	private static final Map<String, ChronoUnit> WORDS = Map.of("millisecond", ChronoUnit.MILLIS, "second",
			ChronoUnit.SECONDS, "minute", ChronoUnit.MINUTES, "hour", ChronoUnit.HOURS, "day", ChronoUnit.DAYS);

	private static final Map<String, ChronoUnit> SUFFIXES = Map.of("ns", ChronoUnit.NANOS, "us", ChronoUnit.MICROS,
			"ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d",
			ChronoUnit.DAYS);

	private final ConfigValue value;

	private final Duration min;

	private Timespan(ConfigValue value, Duration min) {
		this.value = value;
		this.min = min;
	}

	static Duration parse(ConfigValue value) {
		return new Timespan(value, MIN).inRange();
	}

	/**
	 * Parse a duration that may be zero, which needs no unit.
	 * @param value the value
	 * @return the parsed duration
	 */
	static Duration parseOrZero(ConfigValue value) {
		return "0".equals(value.text().strip()) ? Duration.ZERO : new Timespan(value, Duration.ZERO).inRange();
	}

	private Duration inRange() {
		Duration duration;
		try {
			duration = duration(this.value.text().strip().toLowerCase(Locale.ROOT));
		}
		catch (ArithmeticException ex) {
			throw invalid("out of range");
		}
		if (duration.compareTo(this.min) < 0 || duration.compareTo(MAX) > 0) {
			throw invalid("out of range");
		}
		return duration;
	}

	private Duration duration(String text) {
		Matcher matcher = COUNT_AND_UNIT.matcher(text);
		if (matcher.matches()) {
			return Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
		}
		try {
			return Duration.parse(text);
		}
		catch (DateTimeParseException ex) {
			throw invalid("invalid duration");
		}
	}

	private ChronoUnit unit(String name) {
		String singular = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
		ChronoUnit unit = SUFFIXES.getOrDefault(name, WORDS.get(singular));
		if (unit == null) {
			throw invalid("unknown unit");
		}
		return unit;
	}

	private InvalidClientConfigException invalid(String reason) {
		return this.value.invalid(reason,
				"Set " + this.value.key() + " to a number and a unit, such as '3 seconds', '200 milliseconds', 3s or"
						+ " PT3S, from " + (this.min.isZero() ? "0" : "1 millisecond") + " to 1 day.");
	}

}
