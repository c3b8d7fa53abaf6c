package io.github.hotplate.command;

import java.util.Set;

import redis.clients.jedis.CommandFlagsRegistry.CommandFlag;

/**
 * Which keys of a command are read and which are written. Each key counts once, so that
 * reads and writes add up to the keys that were sent.
 * <p>
 * The keys of a command that Redis flags {@code READONLY} are read. Those of a command
 * flagged {@code WRITE} are written, even if it also replies with what was there
 * ({@code GETDEL}, {@code GETEX}, {@code LMOVE}, {@code RPOPLPUSH}), except for keys that
 * Redis' key specifications say it only reads: the sources of {@code COPY},
 * {@code SORT ... STORE}, {@code ZUNIONSTORE} and their kin. Scripts may write each of
 * their keys, and so may commands of modules that the flags do not know. Commands that
 * neither read nor write ({@code WATCH}, {@code SPUBLISH}) do not count.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/develop/reference/key-specs/">Command key
 * specifications</a>
 */
public enum AccessRule {

	/**
	 * No key counts.
	 */
	NONE(false, false, false, false),

	/**
	 * All keys are read.
	 */
	READ(true, false, true, false),

	/**
	 * All keys are written.
	 */
	WRITE(false, true, false, true),

	/**
	 * The first key is written, and the others are its sources.
	 */
	WRITE_FROM(false, true, true, false),

	/**
	 * The first key is the source of the others.
	 */
	READ_INTO(true, false, false, true);

	private static final Set<String> ONLY_READ = Set.of("XREADGROUP");

	private static final Set<String> DESTINATION_FIRST = Set.of("ZUNIONSTORE", "ZINTERSTORE", "ZDIFFSTORE",
			"ZRANGESTORE", "SUNIONSTORE", "SINTERSTORE", "SDIFFSTORE", "PFMERGE", "BITOP", "GEOSEARCHSTORE",
			"CMS.MERGE", "TDIGEST.MERGE");

	private static final Set<String> SOURCE_FIRST = Set.of("COPY", "SORT", "GEORADIUS", "GEORADIUSBYMEMBER");

	private final boolean readsFirst;

	private final boolean writesFirst;

	private final boolean readsOthers;

	private final boolean writesOthers;

	AccessRule(boolean readsFirst, boolean writesFirst, boolean readsOthers, boolean writesOthers) {
		this.readsFirst = readsFirst;
		this.writesFirst = writesFirst;
		this.readsOthers = readsOthers;
		this.writesOthers = writesOthers;
	}

	/**
	 * Decide the rule of a command.
	 * @param name the name of the command
	 * @param script whether the command runs a script or function
	 * @param flags what Redis flags it
	 * @return the rule
	 */
	static AccessRule decide(String name, boolean script, Set<CommandFlag> flags) {
		if (flags.contains(CommandFlag.READONLY) || ONLY_READ.contains(name)) {
			return READ;
		}
		if (DESTINATION_FIRST.contains(name)) {
			return WRITE_FROM;
		}
		if (SOURCE_FIRST.contains(name)) {
			return READ_INTO;
		}
		return (flags.contains(CommandFlag.WRITE) || flags.isEmpty() || script) ? WRITE : NONE;
	}

	/**
	 * Tell whether the command reads one of its keys.
	 * @param index the position among the command's keys, from 0
	 * @return whether the key counts as read
	 */
	public boolean reads(int index) {
		return (index == 0) ? this.readsFirst : this.readsOthers;
	}

	/**
	 * Tell whether the command writes one of its keys.
	 * @param index the position among the command's keys, from 0
	 * @return whether the key counts as written
	 */
	public boolean writes(int index) {
		return (index == 0) ? this.writesFirst : this.writesOthers;
	}

}
