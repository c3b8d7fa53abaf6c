package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;

/**
 * Where a command has keys among its arguments, as Redis describes it: where to begin,
 * and how to go on from there. Positions count from 1; the name of the command is at 0.
 *
 * @param index the first position if it is fixed, otherwise 0
 * @param keyword the word that precedes the keys, or {@code null} if their position is
 * fixed
 * @param startFrom where to start the search for the keyword; negative positions count
 * from the end and search backward
 * @param keyNumber the offset of the number of keys from the beginning, or {@code null}
 * if the command does not have it
 * @param firstKey the offset of the first key from the beginning
 * @param lastKey the offset of the last key from the beginning; negative offsets count
 * from the end
 * @param step the distance between two keys
 * @param limit the share of the remaining arguments that are keys, as a divisor, if keys
 * extend to the end
 * @param incomplete whether options can change where the keys are
 * @see <a href="https://redis.io/docs/latest/develop/reference/key-specs/">Command key
 * specifications</a>
 */
record KeySpec(int index, @Nullable String keyword, int startFrom, @Nullable Integer keyNumber, int firstKey,
		int lastKey, int step, int limit, boolean incomplete) {

	private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

	/**
	 * Create a specification from the three numbers of Redis before 7.0.
	 * @param first the position of the first key
	 * @param last the position of the last key, counted from the end if negative
	 * @param step the distance between two keys
	 * @return the specification
	 */
	static KeySpec range(int first, int last, int step) {
		return new KeySpec(first, null, 0, null, 0, (last >= 0) ? last - first : last, step, 0, false);
	}

	/**
	 * Read a specification of Redis 7.0 or later.
	 * @param reply one element of the list in the reply of {@code COMMAND INFO}
	 * @return the specification, or {@code null} if Redis does not know it
	 */
	static @Nullable KeySpec parse(Object reply) {
		Map<String, Object> spec = map(reply);
		Map<String, Object> begin = map(spec.get("begin_search"));
		Map<String, Object> find = map(spec.get("find_keys"));
		Map<String, Object> from = map(begin.get("spec"));
		Map<String, Object> how = map(find.get("spec"));
		boolean keyword = "keyword".equals(begin.get("type"));
		if ((!keyword && !"index".equals(begin.get("type"))) || "unknown".equals(find.get("type"))) {
			return null;
		}
		boolean counted = "keynum".equals(find.get("type"));
		return new KeySpec(keyword ? 0 : number(from, "index"), keyword ? (String) from.get("keyword") : null,
				keyword ? number(from, "startfrom") : 0, counted ? number(how, "keynumidx") : null,
				counted ? number(how, "firstkey") : 0, counted ? 0 : number(how, "lastkey"), number(how, "keystep"),
				counted ? 0 : number(how, "limit"), spec.get("flags") instanceof List<?> flags
						&& BuilderFactory.STRING_LIST.build(flags).contains("incomplete"));
	}

	/**
	 * Find the keys of a command.
	 * @param command the name of the command and its arguments
	 * @return the positions of the keys
	 */
	List<Integer> locate(List<byte[]> command) {
		int begin = begin(command);
		List<Integer> positions = new ArrayList<>();
		if (begin < 1 || begin >= command.size()) {
			return positions;
		}
		int end = end(command, begin);
		for (int position = begin + this.firstKey; position <= end; position += Math.max(1, this.step)) {
			positions.add(position);
		}
		return positions;
	}

	private int begin(List<byte[]> command) {
		if (this.keyword == null) {
			return this.index;
		}
		boolean forwards = this.startFrom > 0;
		int position = forwards ? this.startFrom : command.size() + this.startFrom;
		while (position >= 1 && position < command.size()) {
			if (this.keyword.equalsIgnoreCase(text(command.get(position)))) {
				return position + 1;
			}
			position += forwards ? 1 : -1;
		}
		return 0;
	}

	private int end(List<byte[]> command, int begin) {
		int last = command.size() - 1;
		if (this.keyNumber != null) {
			int count = count(command, begin + this.keyNumber);
			return (int) Math.min(last, begin + this.firstKey + (count - 1L) * Math.max(1, this.step));
		}
		if (this.lastKey >= 0) {
			return Math.min(last, begin + this.lastKey);
		}
		if (this.limit > 1) {
			return begin + (last - begin + 1) / this.limit - 1;
		}
		return last + 1 + this.lastKey;
	}

	// Redis itself rejects an invalid key count.
	private static int count(List<byte[]> command, int position) {
		String count = (position < command.size()) ? text(command.get(position)) : "";
		return COUNT.matcher(count).matches() ? Integer.parseInt(count) : 0;
	}

	private static Map<String, Object> map(@Nullable Object reply) {
		Map<String, Object> map = new HashMap<>();
		if (reply instanceof List<?> pairs) {
			for (int i = 0; i + 1 < pairs.size(); i += 2) {
				Object value = pairs.get(i + 1);
				map.put(text((byte[]) pairs.get(i)), (value instanceof byte[] bytes) ? text(bytes) : value);
			}
		}
		return map;
	}

	private static int number(Map<String, Object> map, String name) {
		return (map.get(name) instanceof Long number) ? number.intValue() : 0;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
