package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

import redis.clients.jedis.CommandArguments;

/**
 * Tells which commands may be sent again when nobody knows whether Redis ran them.
 * <p>
 * The rule: both the data and the reply are the same whether the command ran once or
 * twice. Commands that only read follow it; so do writes that put down a given value,
 * unless an option makes them depend on what is there. {@code DEL} and {@code SADD} do
 * not: their data would be right, but the second run replies "nothing done" to a caller
 * who may have asked to learn just that. Neither does {@code EXPIRE} with a time that is
 * over, or will be within a minute: the second run may find no key. A time to live counts
 * from the last run.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/commands/">Redis commands</a>
 */
public final class Idempotence {

	private static final Set<String> WRITES = Set.of("SET", "SETEX", "PSETEX", "MSET", "HMSET", "LSET", "SETRANGE",
			"EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT", "GETEX", "PFMERGE", "JSON.SET", "CONFIG SET", "SCRIPT LOAD",
			"SCRIPT FLUSH", "FLUSHALL", "FLUSHDB", "XGROUP SETID");

	/**
	 * Commands that ask about Redis itself or listen to it, which flags neither reads nor
	 * writes.
	 */
	private static final Set<String> QUESTIONS = Set.of("PING", "ECHO", "TIME", "INFO", "ROLE", "LASTSAVE",
			"CONFIG GET", "CLIENT LIST", "CLUSTER INFO", "CLUSTER NODES", "CLUSTER SLOTS", "CLUSTER KEYSLOT",
			"CLUSTER COUNTKEYSINSLOT", "CLUSTER GETKEYSINSLOT", "CLUSTER REPLICAS", "COMMAND INFO", "SCRIPT EXISTS",
			"FUNCTION LIST", "SLOWLOG GET", "SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "WATCH",
			"UNWATCH");

	/**
	 * Options with which a write depends on what is there, or replies with it.
	 */
	private static final Set<String> CONDITIONS = Set.of("NX", "XX", "GT", "LT", "GET", "IFEQ", "IFNE", "IFDEQ",
			"IFDNE");

	/**
	 * Writes that take conditions, and the argument that the first can be.
	 */
	private static final int FIRST_OPTION = 3;

	private static final Set<String> CONDITIONAL = Set.of("SET", "EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT",
			"JSON.SET");

	private static final Set<String> EXPIRING = Set.of("EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT");

	private Idempotence() {
	}

	/**
	 * Tell whether a command may run twice.
	 * @param spec what is known of the command
	 * @param arguments the command with its arguments
	 * @return whether a second run changes neither data nor reply
	 */
	public static boolean of(CommandSpec spec, CommandArguments arguments) {
		return of(spec, arguments, System.currentTimeMillis());
	}

	static boolean of(CommandSpec spec, CommandArguments arguments, long now) {
		if (spec.readOnly() || QUESTIONS.contains(spec.name())) {
			return true;
		}
		return WRITES.contains(spec.name()) && !(CONDITIONAL.contains(spec.name()) && hasCondition(arguments))
				&& leavesKey(spec, arguments, now);
	}

	private static boolean leavesKey(CommandSpec spec, CommandArguments arguments, long now) {
		if (EXPIRING.contains(spec.name())) {
			return arguments.size() > 2 && ExpiryTime.isFar(spec.name(), text(arguments, 2), now);
		}
		if ("GETEX".equals(spec.name()) && arguments.size() > 2) {
			String option = text(arguments, 2);
			return "PERSIST".equalsIgnoreCase(option)
					|| (arguments.size() > 3 && ExpiryTime.isFar(option, text(arguments, 3), now));
		}
		return true;
	}

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
