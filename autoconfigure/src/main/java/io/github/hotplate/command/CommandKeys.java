package io.github.hotplate.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Finds the keys of a command that is about to be sent and the slot that they hash to.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/"> Redis
 * Cluster specification</a>
 */
public final class CommandKeys {

	/**
	 * Number of slots of a Redis Cluster.
	 */
	public static final int SLOTS = 16_384;

	/**
	 * The slot of a command without keys. No key has it, be slots positions or signed
	 * hashes.
	 */
	public static final int NO_SLOT = Integer.MIN_VALUE;

	private static final Set<String> SLOT_COMMANDS = Set.of("CLUSTER COUNTKEYSINSLOT", "CLUSTER GETKEYSINSLOT",
			"CLUSTER FLUSHSLOT");

	private static final Pattern SLOT = Pattern.compile("\\d{1,5}");

	private CommandKeys() {
	}

	/**
	 * Return the keys of a command in the order of its arguments, repeated ones as often
	 * as they occur.
	 * @param spec what is known of the command
	 * @param arguments the command with its arguments
	 * @return the keys, each a {@code String} or a {@code byte[]}; empty where there are
	 * none
	 */
	public static List<Object> of(CommandSpec spec, CommandArguments arguments) {
		return spec.keys().keys(arguments);
	}

	/**
	 * Return the keys of a command for comparison, also those of a part of a command, in
	 * which they are not marked.
	 * @param spec what is known of the command
	 * @param command the command
	 * @return the keys in the order of the arguments
	 */
	public static List<ByteBuffer> comparable(CommandSpec spec, CommandObject<?> command) {
		CommandArguments arguments = command.getArguments();
		List<ByteBuffer> keys = new ArrayList<>();
		of(spec, arguments).forEach((key) -> keys.add(ByteBuffer
			.wrap((key instanceof byte[] bytes) ? bytes : key.toString().getBytes(StandardCharsets.UTF_8))));
		if (keys.isEmpty() && command instanceof SplitPart) {
			int step = spec.name().startsWith("MSET") ? 2 : 1;
			for (int i = 1; i < arguments.size(); i += step) {
				keys.add(ByteBuffer.wrap(arguments.get(i).getRaw()));
			}
		}
		return keys;
	}

	/**
	 * Return the slot that a command names in place of keys.
	 * @param spec what is known of the command
	 * @param arguments the command with its arguments
	 * @return the slot, or {@link #NO_SLOT} if it names none
	 */
	public static int namedSlot(CommandSpec spec, CommandArguments arguments) {
		if (!SLOT_COMMANDS.contains(spec.name()) || arguments.size() < 3) {
			return NO_SLOT;
		}
		String slot = text(arguments.get(2).getRaw());
		return (SLOT.matcher(slot).matches() && Integer.parseInt(slot) < SLOTS) ? Integer.parseInt(slot) : NO_SLOT;
	}

	/**
	 * Return the slot of a key in a Redis Cluster.
	 * @param key a {@code String} or a {@code byte[]}
	 * @return the slot, 0 to 16383
	 * @see KeySlots#CLUSTER
	 */
	public static int slot(Object key) {
		return (key instanceof byte[] bytes) ? JedisClusterCRC16.getSlot(bytes)
				: JedisClusterCRC16.getSlot((String) key);
	}

	/**
	 * Return a key as a message shows it.
	 * @param key a {@code String} or a {@code byte[]}
	 * @return the text
	 */
	public static String text(Object key) {
		return (key instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : key.toString();
	}

}
