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
 * twice. Commands that only read follow it; so do writes that set a given value, unless
 * an option makes them depend on what is there. {@code DEL} and {@code SADD} do not:
 * their data would be right, but the second run replies "nothing done" to a caller that
 * may have asked to learn just that. Neither does {@code EXPIRE} with a time that is
 * over, or will be within a minute: the second run may find no key. A time to live counts
 * from the last run.
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
	 * A second run changes the data or the reply.
	 */
	NEVER {

		@Override
		boolean allows(CommandArguments arguments, String name, long now) {
			return false;
		}

	};

	private static final Set<String> WRITES = Set.of("SETEX", "PSETEX", "MSET", "HMSET", "LSET", "SETRANGE", "PFMERGE",
			"CONFIG SET", "SCRIPT LOAD", "SCRIPT FLUSH", "FLUSHALL", "FLUSHDB", "XGROUP SETID");

	/**
	 * Commands that ask about Redis itself or listen to it, which Redis flags neither as
	 * reads nor as writes.
	 */
	private static final Set<String> QUESTIONS = Set.of("PING", "ECHO", "TIME", "INFO", "ROLE", "LASTSAVE",
			"CONFIG GET", "CLIENT LIST", "CLUSTER INFO", "CLUSTER NODES", "CLUSTER SLOTS", "CLUSTER KEYSLOT",
			"CLUSTER COUNTKEYSINSLOT", "CLUSTER GETKEYSINSLOT", "CLUSTER REPLICAS", "COMMAND INFO", "SCRIPT EXISTS",
			"FUNCTION LIST", "SLOWLOG GET", "SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "WATCH",
			"UNWATCH");

	private static final Set<String> CONDITIONAL = Set.of("SET", "JSON.SET");

	private static final Set<String> EXPIRING = Set.of("EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT");

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
	 * Decide for a command.
	 * @param name the name of the command
	 * @param readOnly whether Redis flags it {@code READONLY}
	 * @return its idempotence
	 */
	static Idempotence decide(String name, boolean readOnly) {
		if (readOnly || QUESTIONS.contains(name) || WRITES.contains(name)) {
			return ALWAYS;
		}
		if (CONDITIONAL.contains(name)) {
			return UNLESS_CONDITIONAL;
		}
		if (EXPIRING.contains(name)) {
			return UNLESS_EXPIRING;
		}
		return "GETEX".equals(name) ? UNLESS_OPTION_EXPIRES : NEVER;
	}

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
