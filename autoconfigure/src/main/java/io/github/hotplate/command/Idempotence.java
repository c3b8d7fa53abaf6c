package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

import redis.clients.jedis.CommandArguments;

/**
 * Whether a command may be sent again when it is not known whether Redis ran it.
 * <p>
 * The rule: both the data and the reply are the same whether the command ran once or
 * twice, and whatever others have done in between ends as if it had run once, after them.
 * Commands that only read follow it; so do writes that set a given value, unless an
 * option makes them depend on what is there. {@code DEL} and {@code SADD} do not: their
 * data would be right, but the second run replies "nothing done" to a caller that may
 * have asked to learn just that. Neither does {@code EXPIRE} with a time that is over, or
 * will be within a minute: the second run may find no key. A time to live counts from the
 * last run. Nor do {@code LSET} and {@code FLUSHDB}: the second run may hit what others
 * have put there.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/commands/">Redis commands</a>
 */
public enum Idempotence {

	/**
	 * A second run changes nothing.
	 */
	ALWAYS {

		@Override
		boolean allows(CommandArguments arguments, String name, long now) {
			return true;
		}

	},

	/**
	 * A second run changes nothing, unless an option makes the command depend on what is
	 * there.
	 */
	UNLESS_CONDITIONAL {

		@Override
		boolean allows(CommandArguments arguments, String name, long now) {
			return !hasCondition(arguments);
		}

	},

	/**
	 * A second run changes nothing, unless it depends on what is there or the key expires
	 * soon.
	 */
	UNLESS_EXPIRING {

		@Override
		boolean allows(CommandArguments arguments, String name, long now) {
			return !hasCondition(arguments) && arguments.size() > 2 && ExpiryTime.isFar(name, text(arguments, 2), now);
		}

	},

	/**
	 * A second run changes nothing, unless an option lets the key expire soon.
	 */
	UNLESS_OPTION_EXPIRES {

		@Override
		boolean allows(CommandArguments arguments, String name, long now) {
			if (arguments.size() <= 2) {
				return true;
			}
			String option = text(arguments, 2);
			return "PERSIST".equalsIgnoreCase(option)
					|| (arguments.size() > 3 && ExpiryTime.isFar(option, text(arguments, 3), now));
		}

	},

	/**
	 * A second run changes nothing, unless an option makes the command depend on what is
	 * there, or the path of a document may lead elsewhere by then.
	 */
	UNLESS_INSIDE_DOCUMENT {

		@Override
		boolean allows(CommandArguments arguments, String name, long now) {
			return !hasCondition(arguments) && arguments.size() > 2 && ROOTS.contains(text(arguments, 2));
		}

	},

	/**
	 * A second run reads the same, unless the command asks for what is newer than the
	 * newest entry ({@code $}): entries that were added in between would be skipped.
	 */
	UNLESS_NEWEST {

		@Override
		boolean allows(CommandArguments arguments, String name, long now) {
			return IntStream.range(1, arguments.size())
				.mapToObj((index) -> text(arguments, index))
				.noneMatch("$"::equals);
		}

	},

	/**
	 * A second run delivers other entries, and those of the first stay pending, where the
	 * consumer finds them, unless {@code NOACK} keeps them from being noted.
	 */
	UNLESS_UNACKNOWLEDGED {

		@Override
		boolean allows(CommandArguments arguments, String name, long now) {
			return IntStream.range(FIRST_GROUP_OPTION, arguments.size())
				.mapToObj((index) -> text(arguments, index).toUpperCase(Locale.ROOT))
				.takeWhile((option) -> !"STREAMS".equals(option))
				.noneMatch("NOACK"::equals);
		}

	},

	/**
	 * A second run changes the data or the reply, or harms what others have done.
	 */
	NEVER {

		@Override
		boolean allows(CommandArguments arguments, String name, long now) {
			return false;
		}

	};

	/**
	 * Options with which a write depends on what is there, or replies with it.
	 */
	private static final Set<String> CONDITIONS = Set.of("NX", "XX", "GT", "LT", "GET", "IFEQ", "IFNE", "IFDEQ",
			"IFDNE");

	/**
	 * The first argument that can be a condition.
	 */
	private static final int FIRST_OPTION = 3;

	/**
	 * The first argument of {@code XREADGROUP} after {@code GROUP}, group and consumer.
	 */
	private static final int FIRST_GROUP_OPTION = 4;

	/**
	 * The paths of a whole document.
	 */
	private static final Set<String> ROOTS = Set.of("$", ".");

	abstract boolean allows(CommandArguments arguments, String name, long now);

	private static boolean hasCondition(CommandArguments arguments) {
		return IntStream.range(FIRST_OPTION, arguments.size())
			.mapToObj((index) -> text(arguments, index))
			.map((option) -> option.toUpperCase(Locale.ROOT))
			.anyMatch(CONDITIONS::contains);
	}

	private static String text(CommandArguments arguments, int index) {
		return new String(arguments.get(index).getRaw(), StandardCharsets.ISO_8859_1);
	}

}
