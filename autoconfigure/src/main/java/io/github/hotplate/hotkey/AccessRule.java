package io.github.hotplate.hotkey;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandFlagsRegistry;
import redis.clients.jedis.CommandFlagsRegistry.CommandFlag;
import redis.clients.jedis.StaticCommandFlagsRegistry;

import io.github.hotplate.command.CommandSpec;

/**
 * Which keys of a command count as read and which as written. Each key counts once, so
 * that reads and writes add up to the keys that were sent.
 * <p>
 * The keys of a command that Redis flags {@code READONLY} are read. Those of a command
 * flagged {@code WRITE} are written, even if it also replies with what was there
 * ({@code GETDEL}, {@code GETEX}, {@code LMOVE}, {@code RPOPLPUSH}), but for the keys
 * that Redis' key specifications say it only reads: the sources of {@code COPY},
 * {@code SORT ... STORE}, {@code ZUNIONSTORE} and their kin. Scripts may write each of
 * their keys, and commands of modules that the flags do not know may do so too. Commands
 * that neither read nor write ({@code WATCH}, {@code SPUBLISH}) do not count.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/key-specs/">Command key
 * specifications</a>
 */
enum AccessRule {

	/**
	 * No key counts.
	 */
	NONE(null, null),

	/**
	 * All keys are read.
	 */
	READ(KeyAccess.READS, KeyAccess.READS),

	/**
	 * All keys are written.
	 */
	WRITE(KeyAccess.WRITES, KeyAccess.WRITES),

	/**
	 * The first key is written, and the others are its sources.
	 */
	WRITE_FROM(KeyAccess.WRITES, KeyAccess.READS),

	/**
	 * The first key is the source of the others.
	 */
	READ_INTO(KeyAccess.READS, KeyAccess.WRITES);

	/**
	 * Redis and its modules have some 500 commands; names made up at run time cannot fill
	 * the memory.
	 */
	private static final int LIMIT = 1_000;

	private static final CommandFlagsRegistry FLAGS = StaticCommandFlagsRegistry.registry();

	private static final Set<String> SCRIPTS = Set.of("EVAL", "EVALSHA", "FCALL");

	private static final Set<String> ONLY_READ = Set.of("XREADGROUP");

	private static final Set<String> DESTINATION_FIRST = Set.of("ZUNIONSTORE", "ZINTERSTORE", "ZDIFFSTORE",
			"ZRANGESTORE", "SUNIONSTORE", "SINTERSTORE", "SDIFFSTORE", "PFMERGE", "BITOP", "GEOSEARCHSTORE",
			"CMS.MERGE", "TDIGEST.MERGE");

	private static final Set<String> SOURCE_FIRST = Set.of("COPY", "SORT", "GEORADIUS", "GEORADIUSBYMEMBER");

	private static final Map<CommandSpec, AccessRule> KNOWN = new ConcurrentHashMap<>();

	private final @Nullable KeyAccess first;

	private final @Nullable KeyAccess others;

	AccessRule(@Nullable KeyAccess first, @Nullable KeyAccess others) {
		this.first = first;
		this.others = others;
	}

	/**
	 * Return the rule for a command.
	 * @param spec what is known of the command
	 * @param arguments the command with its arguments
	 * @return the rule
	 */
	static AccessRule of(CommandSpec spec, CommandArguments arguments) {
		if (spec.readOnly()) {
			return READ;
		}
		AccessRule known = KNOWN.get(spec);
		if (known != null) {
			return known;
		}
		AccessRule rule = decide(spec.name(), arguments);
		if (KNOWN.size() < LIMIT) {
			KNOWN.put(spec, rule);
		}
		return rule;
	}

	private static AccessRule decide(String name, CommandArguments arguments) {
		if (ONLY_READ.contains(name)) {
			return READ;
		}
		if (DESTINATION_FIRST.contains(name)) {
			return WRITE_FROM;
		}
		if (SOURCE_FIRST.contains(name)) {
			return READ_INTO;
		}
		Set<CommandFlag> flags = FLAGS.getFlags(arguments);
		boolean writes = flags.contains(CommandFlag.WRITE) || flags.isEmpty() || SCRIPTS.contains(name);
		return writes ? WRITE : NONE;
	}

	/**
	 * Return what the command does with one of its keys.
	 * @param index the position among the command's keys, from 0
	 * @return the access, or {@code null} where it does not count
	 */
	@Nullable KeyAccess accessOf(int index) {
		return (index == 0) ? this.first : this.others;
	}

}
