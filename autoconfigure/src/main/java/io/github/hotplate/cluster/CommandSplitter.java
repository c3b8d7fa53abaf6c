package io.github.hotplate.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.NodeCommand;
import io.github.hotplate.command.RequestPolicy;
import io.github.hotplate.command.ResponsePolicy;
import io.github.hotplate.execution.ClusterDownException;

/**
 * Splits a command that several nodes must see into commands for one node each.
 */
final class CommandSplitter {

	private final String client;

	private final Supplier<ClusterTopology> topology;

	CommandSplitter(String client, Supplier<ClusterTopology> topology) {
		this.client = client;
		this.topology = topology;
	}

	/**
	 * Split a command.
	 * @param command the command
	 * @return its parts, or {@code null} where one node runs the whole command
	 */
	@Nullable CommandParts split(CommandObject<?> command) {
		CommandSpec spec = CommandSpecs.of(command.getArguments());
		if (spec.requestPolicy() == RequestPolicy.DEFAULT || command instanceof NodeCommand<?>) {
			return null;
		}
		CommandArguments arguments = command.getArguments();
		return switch (spec.requestPolicy()) {
			case ALL_SHARDS -> broadcast(arguments, spec, primaries());
			case ALL_NODES -> broadcast(arguments, spec, this.topology.get().nodes());
			case CURSOR -> ScanCursor.parts(arguments, primaries());
			case MULTI_SHARD, DEFAULT -> splitBySlot(arguments, spec);
		};
	}

	private static @Nullable CommandParts splitBySlot(CommandArguments arguments, CommandSpec spec) {
		List<Object> keys = arguments.getKeys();
		if (keys.isEmpty() || CommandKeys.sameSlot(keys)) {
			return null;
		}
		return switch (spec.responsePolicy()) {
			case UNION, INTERSECTION, DIFFERENCE -> membersOfEach(keys, spec.responsePolicy());
			default -> keysOfEachSlot(arguments, keys, spec);
		};
	}

	private static CommandParts membersOfEach(List<Object> keys, ResponsePolicy policy) {
		List<CommandObject<?>> parts = new ArrayList<>(keys.size());
		keys.forEach((key) -> parts.add(raw(new CommandArguments(Command.SMEMBERS).key(key))));
		return new CommandParts(parts, policy::aggregate);
	}

	// Works for all commands whose arguments repeat per key, such as MGET and MSET.
	private static CommandParts keysOfEachSlot(CommandArguments arguments, List<Object> keys, CommandSpec spec) {
		int argumentsPerKey = (arguments.size() - 1) / keys.size();
		long[] order = slotsAndPositions(keys);
		List<CommandObject<?>> parts = new ArrayList<>(keys.size());
		List<Integer> sizes = new ArrayList<>(keys.size());
		for (int next = 0; next < order.length; next += sizes.get(sizes.size() - 1)) {
			long slot = order[next] >>> Integer.SIZE;
			CommandArguments part = new CommandArguments(arguments.getCommand());
			int size = 0;
			while (next + size < order.length && order[next + size] >>> Integer.SIZE == slot) {
				add(part, arguments, keys, (int) order[next + size++], argumentsPerKey);
			}
			parts.add(new SlotCommand(part, (int) slot));
			sizes.add(size);
		}
		if (spec.responsePolicy() == ResponsePolicy.CONCATENATE) {
			return new CommandParts(parts, (replies) -> inOrder(replies, sizes, order));
		}
		return new CommandParts(parts, spec.responsePolicy()::aggregate);
	}

	// Sorting numbers that hold slot and position makes no objects, unlike grouping in
	// maps.
	private static long[] slotsAndPositions(List<Object> keys) {
		long[] slotsAndPositions = new long[keys.size()];
		for (int i = 0; i < slotsAndPositions.length; i++) {
			slotsAndPositions[i] = ((long) CommandKeys.slot(keys.get(i)) << Integer.SIZE) | i;
		}
		Arrays.sort(slotsAndPositions);
		return slotsAndPositions;
	}

	private static void add(CommandArguments part, CommandArguments whole, List<Object> keys, int position,
			int argumentsPerKey) {
		part.key(keys.get(position));
		int key = 1 + position * argumentsPerKey;
		for (int value = key + 1; value < key + argumentsPerKey; value++) {
			part.add(whole.get(value));
		}
	}

	private static List<@Nullable Object> inOrder(List<@Nullable Object> replies, List<Integer> sizes, long[] order) {
		@Nullable Object[] ordered = new Object[order.length];
		int next = 0;
		for (int i = 0; i < replies.size(); i++) {
			List<?> values = (List<?>) replies.get(i);
			for (int k = 0; k < sizes.get(i); k++) {
				ordered[(int) order[next++]] = (values != null) ? values.get(k) : null;
			}
		}
		return Arrays.asList(ordered);
	}

	private static CommandParts broadcast(CommandArguments arguments, CommandSpec spec, Collection<ClusterNode> nodes) {
		List<CommandObject<?>> parts = new ArrayList<>(nodes.size());
		nodes.forEach((node) -> parts.add(new NodeCommand<>(raw(arguments), node.address())));
		return new CommandParts(parts, spec.responsePolicy()::aggregate);
	}

	private List<ClusterNode> primaries() {
		List<ClusterNode> primaries = this.topology.get().shards().stream().map(Shard::primary).toList();
		if (primaries.isEmpty()) {
			throw new ClusterDownException("Client '" + this.client + "' has not reached any node of its cluster yet",
					null);
		}
		return primaries;
	}

	static CommandObject<Object> raw(CommandArguments arguments) {
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

}
