package io.github.hotplate.activity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says in words what would make an activity cheaper.
 */
final class Remedies {

	/**
	 * From this number on, commands of one name are worth being sent together.
	 */
	static final int MANY = 5;

	private static final Map<String, String> TOGETHER = Map.ofEntries(Map.entry("GET", "multiGet"),
			Map.entry("SET", "multiSet"), Map.entry("HGET", "multiGet of one hash"),
			Map.entry("HSET", "putAll of one hash"), Map.entry("EXISTS", "countExistingKeys"),
			Map.entry("DEL", "delete of a collection"), Map.entry("UNLINK", "unlink of a collection"),
			Map.entry("SISMEMBER", "isMember of several members"), Map.entry("ZSCORE", "score of several members"),
			Map.entry("SADD", "add of several members"), Map.entry("ZADD", "add of several members"),
			Map.entry("SREM", "remove of several members"), Map.entry("ZREM", "remove of several members"),
			Map.entry("HDEL", "delete of several fields"), Map.entry("LPUSH", "leftPushAll"),
			Map.entry("RPUSH", "rightPushAll"));

	// Several at once is what these are, or they depend on each other's replies.
	private static final Set<String> ALONE = Set.of("PIPELINE", "MULTI", "SCAN", "HSCAN", "SSCAN", "ZSCAN", "MGET",
			"MSET", "HMGET", "WATCH", "UNWATCH", "KEYS", "PING", "BLPOP", "BRPOP", "BLMOVE", "BRPOPLPUSH", "BLMPOP",
			"BZPOPMIN", "BZPOPMAX", "BZMPOP", "XREAD", "XREADGROUP", "WAIT", "WAITAOF", "OTHER");

	private Remedies() {
	}

	/**
	 * Return what to do.
	 * @param byCommand the commands by their names
	 * @param repeatedKeys how many keys were read more than once
	 * @param repeatedReads how many reads that were too many
	 * @param where the code that sent the commands, such as {@code CartController.show};
	 * empty if that is clear
	 * @return a sentence for each finding, the costliest first
	 */
	static List<String> of(Map<String, CommandActivity> byCommand, long repeatedKeys, long repeatedReads,
			String where) {
		List<String> remedies = new ArrayList<>();
		String place = where.isEmpty() ? "" : " in " + where;
		byCommand.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().count() >= MANY && !ALONE.contains(entry.getKey()))
			.sorted(Comparator.comparing((entry) -> -entry.getValue().count()))
			.forEach((entry) -> remedies.add("%d %s one by one%s: use %s".formatted(entry.getValue().count(),
					plural(entry.getKey()), place, together(entry.getKey()))));
		if (byCommand.containsKey("KEYS")) {
			remedies.add("KEYS looks at every key of a server while all others wait: use scan");
		}
		if (repeatedReads > 0) {
			remedies.add(repeated(repeatedKeys, repeatedReads));
		}
		return List.copyOf(remedies);
	}

	private static String plural(String name) {
		return name.endsWith("S") ? name : name + "s";
	}

	private static String together(String name) {
		String several = TOGETHER.get(name);
		return (several != null) ? several + " or executePipelined" : "executePipelined";
	}

	private static String repeated(long keys, long reads) {
		String subject = (keys == 1) ? "1 key was read " : keys + " keys were read ";
		return (keys == reads) ? subject + "twice" : subject + "more than once, " + reads + " reads too many";
	}

}
