package io.github.hotplate.hotkey;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.HotkeysInfo;
import redis.clients.jedis.util.KeyValue;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.hotkey.HotKeyReport.ServerKey;
import io.github.hotplate.hotkey.HotKeyReport.ServerReport;
import io.github.hotplate.hotkey.HotKeyReport.ServerSlot;

/**
 * Asks the servers for their own measurements. A command that a server does not know or
 * permit is sent to it only once. Thread-safe.
 *
 * @see <a href="https://redis.io/docs/latest/commands/hotkeys-get/">HOTKEYS GET</a>
 * @see <a href="https://redis.io/docs/latest/commands/cluster-slot-stats/">CLUSTER
 * SLOT-STATS</a>
 */
final class ServerStatistics {

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private static final int SLOTS = 10;

	private final DedicatedConnections connections;

	private final Function<Object, @Nullable KeyName> naming;

	private final AtomicBoolean hotKeysUnknown = new AtomicBoolean();

	private final AtomicBoolean slotStatsUnknown = new AtomicBoolean();

	ServerStatistics(DedicatedConnections connections, Function<Object, @Nullable KeyName> naming) {
		this.connections = connections;
		this.naming = naming;
	}

	/**
	 * Ask all primaries.
	 * @return their answers, without those that are unavailable
	 */
	ServerReport report() {
		List<ServerKey> keys = new ArrayList<>();
		List<ServerSlot> slots = new ArrayList<>();
		for (HostAndPort node : this.connections.primaries()) {
			if (!this.hotKeysUnknown.get() || !this.slotStatsUnknown.get()) {
				ask(node, keys, slots);
			}
		}
		keys.sort(Comparator.comparingLong((ServerKey key) -> orZero(key.cpuMicros()))
			.thenComparingLong((key) -> orZero(key.networkBytes()))
			.reversed());
		slots.sort(Comparator.comparingLong((ServerSlot slot) -> orZero(slot.cpuMicros())).reversed());
		return new ServerReport(keys.isEmpty() ? null : List.copyOf(keys),
				slots.isEmpty() ? null : List.copyOf(slots.subList(0, Math.min(SLOTS, slots.size()))));
	}

	private void ask(HostAndPort node, List<ServerKey> keys, List<ServerSlot> slots) {
		try (Connection connection = this.connections.open(node, TIMEOUT)) {
			Object hotKeys = ask(connection, new CommandArguments(Command.HOTKEYS).add("GET"), this.hotKeysUnknown);
			keys.addAll(keys(hotKeys, node.toString()));
			Object slotStats = ask(connection,
					new CommandArguments(Command.CLUSTER).add("SLOT-STATS")
						.add("ORDERBY")
						.add("CPU-USEC")
						.add("LIMIT")
						.add(SLOTS)
						.add("DESC"),
					this.slotStatsUnknown);
			slots.addAll(slots(slotStats, node.toString()));
		}
		catch (JedisException ex) {
			// A report without this node is better than none.
			this.connections.requestRefresh();
		}
	}

	private static @Nullable Object ask(Connection connection, CommandArguments question, AtomicBoolean unknown) {
		if (unknown.get()) {
			return null;
		}
		try {
			connection.sendCommand(question);
			return connection.getOne();
		}
		catch (JedisDataException ex) {
			ErrorReply reply = ErrorReply.of(ex);
			// A server that is still loading may answer later.
			if (reply.isNeverAnswered() || reply == ErrorReply.ERR) {
				unknown.set(true);
			}
			return null;
		}
	}

	/**
	 * Read a reply to {@code HOTKEYS GET}.
	 * @param reply the raw reply, {@code null} if nothing was measured
	 * @param node the server
	 * @return its keys
	 */
	List<ServerKey> keys(@Nullable Object reply, String node) {
		HotkeysInfo info = HotkeysInfo.HOTKEYS_INFO_BUILDER.build(reply);
		if (info == null) {
			return List.of();
		}
		Map<String, Long> cpu = info.getByCpuTimeUs();
		Map<String, Long> network = info.getByNetBytes();
		Map<String, Long> all = new LinkedHashMap<>(cpu);
		all.putAll(network);
		return all.keySet()
			.stream()
			.map((key) -> key(key, node, cpu.get(key), network.get(key)))
			.filter(Objects::nonNull)
			.toList();
	}

	private @Nullable ServerKey key(String key, String node, @Nullable Long cpu, @Nullable Long network) {
		KeyName name = this.naming.apply(key);
		return (name != null) ? new ServerKey(name.toString(), node, cpu, network) : null;
	}

	/**
	 * Read a reply to {@code CLUSTER SLOT-STATS}.
	 * @param reply the reply as it comes off the wire
	 * @param node the server
	 * @return its slots
	 */
	List<ServerSlot> slots(@Nullable Object reply, String node) {
		List<ServerSlot> slots = new ArrayList<>();
		if (reply instanceof List<?> entries) {
			for (Object entry : entries) {
				if (entry instanceof List<?> pair && pair.size() > 1 && pair.get(0) instanceof Long slot) {
					Map<String, Object> fields = map(pair.get(1));
					slots.add(new ServerSlot(slot.intValue(), node, number(fields.get("key-count")),
							number(fields.get("cpu-usec")), number(fields.get("network-bytes-in")),
							number(fields.get("network-bytes-out"))));
				}
			}
		}
		return slots;
	}

	private static Map<String, Object> map(@Nullable Object reply) {
		Map<String, Object> map = new HashMap<>();
		if (reply instanceof List<?> fields) {
			for (int i = 0; i < fields.size(); i++) {
				// RESP3 has pairs, RESP2 names and values in turn.
				if (fields.get(i) instanceof KeyValue<?, ?> pair) {
					put(map, pair.getKey(), pair.getValue());
				}
				else if (i + 1 < fields.size()) {
					put(map, fields.get(i), fields.get(++i));
				}
			}
		}
		return map;
	}

	private static void put(Map<String, Object> map, @Nullable Object name, @Nullable Object value) {
		if (name instanceof byte[] bytes && value != null) {
			map.put(new String(bytes, StandardCharsets.UTF_8), value);
		}
	}

	private static @Nullable Long number(@Nullable Object value) {
		return (value instanceof Long number) ? number : null;
	}

	private static long orZero(@Nullable Long number) {
		return (number != null) ? number : 0;
	}

}
