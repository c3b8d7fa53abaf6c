package io.github.hotplate.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.hotplate.config.ConfigProperty.Parser;

/**
 * Parsers for the values of properties.
 */
final class Parsers {

	private Parsers() {
	}

	static String text(ConfigValue value) {
		if (!value.verbatim()) {
			throw value.notVerbatim();
		}
		return value.text();
	}

	static Parser<Integer> integer(int min, int max) {
		return (value) -> {
			String action = "Set " + value.key() + " to a whole number from " + min + " to " + max + ".";
			BigInteger number;
			try {
				number = new BigInteger(value.text().strip());
			}
			catch (NumberFormatException ex) {
				throw value.invalid("must be an integer", action);
			}
			if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
				throw value.invalid("out of range", action);
			}
			return number.intValue();
		};
	}

	static Parser<Double> decimal(int min, int max) {
		return (value) -> {
			String action = "Set " + value.key() + " to a number from " + min + " to " + max + ".";
			BigDecimal number;
			try {
				number = new BigDecimal(value.text().strip());
			}
			catch (NumberFormatException ex) {
				throw value.invalid("must be a number", action);
			}
			if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
				throw value.invalid("out of range", action);
			}
			return number.doubleValue();
		};
	}

	static <E extends Enum<E>> Parser<E> choice(Class<E> type) {
		return (value) -> {
			String text = value.text().strip().toUpperCase(Locale.ROOT);
			return Arrays.stream(type.getEnumConstants())
				.filter((candidate) -> candidate.name().equals(text))
				.findFirst()
				.orElseThrow(() -> value.invalid("unknown value",
						"Set " + value.key() + " to one of: "
								+ Arrays.stream(type.getEnumConstants())
									.map((candidate) -> candidate.name().toLowerCase(Locale.ROOT))
									.collect(Collectors.joining(", "))
								+ "."));
		};
	}

	static Boolean bool(ConfigValue value) {
		return switch (value.text().strip().toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw value.invalid("must be true or false", "Set " + value.key() + " to true or false.");
		};
	}

	/**
	 * Parse a boolean as Spring does.
	 * @param value the value
	 * @return the parsed boolean
	 */
	static Boolean springBool(ConfigValue value) {
		return switch (value.text().strip().toLowerCase(Locale.ROOT)) {
			case "true", "on", "yes", "1" -> true;
			case "false", "off", "no", "0" -> false;
			default -> throw value.invalid("must be true or false", "Set " + value.key() + " to true or false.");
		};
	}

	static <E extends Enum<E>> Parser<Set<E>> choices(Class<E> type) {
		Parser<E> choice = choice(type);
		return (value) -> {
			Set<E> choices = EnumSet.noneOf(type);
			for (String part : value.text().split(",", -1)) {
				choices.add(choice.parse(new ConfigValue(value.key(), part.strip(), value.origin())));
			}
			return choices;
		};
	}

	static Double rate(ConfigValue value) {
		String action = "Set " + value.key() + " to a number from 0 to 1, such as 0.01, or a percentage, such as 1%.";
		String text = value.text().strip();
		boolean percentage = text.endsWith("%");
		BigDecimal rate;
		try {
			rate = percentage ? new BigDecimal(text.substring(0, text.length() - 1).strip()).movePointLeft(2)
					: new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			throw value.invalid("invalid rate", action);
		}
		if (rate.signum() < 0 || rate.compareTo(BigDecimal.ONE) > 0) {
			throw value.invalid("must be from 0 to 1", action);
		}
		return rate.doubleValue();
	}

	static Duration timespan(ConfigValue value) {
		return Timespan.parse(value);
	}

	static Duration timespanOrZero(ConfigValue value) {
		return Timespan.parseOrZero(value);
	}

}
