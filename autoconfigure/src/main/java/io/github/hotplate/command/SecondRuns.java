package io.github.hotplate.command;

import java.util.Map;
import java.util.Set;

/**
 * What a second run of a command does, command by command. The first run may have been
 * seen by others, who may have written since. A command is listed if all that is left of
 * their work is as if it had run once, and late: a key, field or setting that the caller
 * named has the caller's value again. Whatever reaches further is not listed: an element
 * found by a position that may have moved ({@code LSET}), the keys of everybody
 * ({@code FLUSHDB}), the messages of others ({@code XGROUP SETID}).
 */
final class SecondRuns {

	private static final String OVERWRITES = "overwrites what others have written to the same key in between";

	private static final String EXPIRES = "sets the time to live again if others have changed it in between";

	private static final Map<String, SecondRun> WRITES = Map.ofEntries(
			write("SET", Idempotence.UNLESS_CONDITIONAL, OVERWRITES), write("SETEX", Idempotence.ALWAYS, OVERWRITES),
			write("PSETEX", Idempotence.ALWAYS, OVERWRITES), write("MSET", Idempotence.ALWAYS, OVERWRITES),
			write("HMSET", Idempotence.ALWAYS, "overwrites what others have written to the same fields in between"),
			write("SETRANGE", Idempotence.ALWAYS, "overwrites what others have written to the same range in between"),
			write("JSON.SET", Idempotence.UNLESS_INSIDE_DOCUMENT, OVERWRITES),
			write("PFMERGE", Idempotence.ALWAYS, "adds what others have added to the sources in between"),
			write("EXPIRE", Idempotence.UNLESS_EXPIRING, EXPIRES),
			write("PEXPIRE", Idempotence.UNLESS_EXPIRING, EXPIRES),
			write("EXPIREAT", Idempotence.UNLESS_EXPIRING, EXPIRES),
			write("PEXPIREAT", Idempotence.UNLESS_EXPIRING, EXPIRES),
			write("GETEX", Idempotence.UNLESS_OPTION_EXPIRES, EXPIRES),
			write("XREADGROUP", Idempotence.UNLESS_UNACKNOWLEDGED,
					"delivers the next entries; those of the lost reply stay pending for the consumer"),
			write("CONFIG SET", Idempotence.ALWAYS, "overwrites what others have set in between"),
			write("SCRIPT LOAD", Idempotence.ALWAYS, "loads the script again if others have flushed it in between"));

	/**
	 * Commands that ask about Redis itself or listen to it, which Redis flags neither as
	 * reads nor as writes.
	 */
	private static final Set<String> QUESTIONS = Set.of("PING", "ECHO", "TIME", "INFO", "ROLE", "LASTSAVE", "LOLWUT",
			"CONFIG GET", "CLIENT LIST", "CLIENT INFO", "CLIENT ID", "CLIENT GETNAME", "CLIENT GETREDIR",
			"CLIENT TRACKINGINFO", "CLUSTER INFO", "CLUSTER NODES", "CLUSTER SLOTS", "CLUSTER SHARDS", "CLUSTER LINKS",
			"CLUSTER MYID", "CLUSTER MYSHARDID", "CLUSTER KEYSLOT", "CLUSTER COUNTKEYSINSLOT", "CLUSTER GETKEYSINSLOT",
			"CLUSTER COUNT-FAILURE-REPORTS", "CLUSTER SLOT-STATS", "CLUSTER REPLICAS", "CLUSTER SLAVES", "COMMAND",
			"COMMAND COUNT", "COMMAND DOCS", "COMMAND GETKEYS", "COMMAND GETKEYSANDFLAGS", "COMMAND INFO",
			"COMMAND LIST", "ACL CAT", "ACL DRYRUN", "ACL GETUSER", "ACL LIST", "ACL USERS", "ACL WHOAMI",
			"SCRIPT EXISTS", "FUNCTION DUMP", "FUNCTION LIST", "FUNCTION STATS", "LATENCY DOCTOR", "LATENCY GRAPH",
			"LATENCY HISTOGRAM", "LATENCY HISTORY", "LATENCY LATEST", "MEMORY DOCTOR", "MEMORY MALLOC-STATS",
			"MEMORY STATS", "MODULE LIST", "PUBSUB CHANNELS", "PUBSUB NUMPAT", "PUBSUB NUMSUB", "PUBSUB SHARDCHANNELS",
			"PUBSUB SHARDNUMSUB", "SLOWLOG GET", "SLOWLOG LEN", "COMMANDLOG GET", "COMMANDLOG LEN", "SUBSCRIBE",
			"PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "WATCH", "UNWATCH");

	private SecondRuns() {
	}

	/**
	 * Return when a command may run twice.
	 * @param name the name of the command
	 * @param readOnly whether Redis flags it {@code READONLY}
	 * @return its idempotence
	 */
	static Idempotence of(String name, boolean readOnly) {
		SecondRun write = WRITES.get(name);
		if (write != null) {
			return write.allowed();
		}
		if (name.equals("FT.CURSOR")) {
			// Flagged as a read, and the next page is another one.
			return Idempotence.NEVER;
		}
		if (name.equals("XREAD")) {
			return Idempotence.UNLESS_NEWEST;
		}
		return (readOnly || isQuestion(name)) ? Idempotence.ALWAYS : Idempotence.NEVER;
	}

	static boolean isQuestion(String name) {
		return QUESTIONS.contains(name) || name.endsWith(" HELP");
	}

	static Map<String, SecondRun> writes() {
		return WRITES;
	}

	private static Map.Entry<String, SecondRun> write(String name, Idempotence allowed, String harm) {
		return Map.entry(name, new SecondRun(allowed, harm));
	}

	/**
	 * The second run of a write.
	 *
	 * @param allowed when the command may run twice
	 * @param harm what the second run may do, for the documentation
	 */
	record SecondRun(Idempotence allowed, String harm) {

	}

}
