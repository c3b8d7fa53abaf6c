package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.PrimariesCommand;
import io.github.hotplate.command.RequestPolicy;
import io.github.hotplate.command.ResponsePolicy;
import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.command.SplitPart;
import io.github.hotplate.routing.NoNodeFailure;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.ShardSlots;
import io.github.hotplate.topology.Topology;

/**
 * Splits a command that several nodes must see into commands for one node each.
 */
public final class CommandSplitter {

	private static final String PUBLISH = "PUBLISH";

	private static final Pattern LIMIT = Pattern.compile("\\d{1,18}");

	private final String client;

	private final KeySlots slots;

	private final Supplier<Topology> topology;

	public CommandSplitter(String client, KeySlots slots, Supplier<Topology> topology) {
		this.client = client;
		this.slots = slots;
		this.topology = topology;
	}

	KeySlots slots() {
		return this.slots;
	}

	/**
	 * Split a command.
	 * @param command the command
	 * @return its parts, or {@code null} where one node runs the whole command
	 */
	@Nullable CommandParts split(CommandObject<?> command) {
		CommandSpec spec = CommandSpecs.of(command.getArguments());
		CommandArguments arguments = command.getArguments();
		if (command instanceof PrimariesCommand) {
			List<Node> primaries = primaries();
			return new CommandParts(onEach(primaries, arguments), (replies) -> byNode(primaries, replies));
		}
		if (isPlaced(command)) {
			return null;
		}
		if (isForAllServers(spec)) {
			return new CommandParts(onEach(primaries(), arguments), CommandSplitter::receivers, true);
		}
		return switch (spec.requestPolicy()) {
			case ALL_SHARDS -> broadcast(arguments, spec, primaries());
			case ALL_NODES -> broadcast(arguments, spec, this.topology.get().nodesInUse());
			case CURSOR -> scan(arguments);
			case MULTI_SHARD -> splitBySlot(arguments, spec);
			case STEPWISE, DEFAULT -> null;
		};
	}

	// A failover between two looks at the topology would make a shard seem left out.
	private CommandParts scan(CommandArguments arguments) {
		Topology current = this.topology.get();
		return ScanCursor.parts(arguments, current.scanned(), primaries(current)::contains);
	}

	/**
	 * Tell whether independent servers must each see a command that one node of a cluster
	 * would pass on to the others: a subscription is on any one of them.
	 * @param spec what is known of the command
	 * @return whether it publishes a message, and nobody passes it on
	 */
	boolean isForAllServers(CommandSpec spec) {
		return this.slots instanceof ShardSlots && spec.name().equals(PUBLISH);
	}

	// Whoever had subscribed to a server that is down subscribes to another.
	private static @Nullable Object receivers(List<@Nullable Object> replies) {
		long receivers = 0;
		boolean answered = false;
		for (Object reply : replies) {
			if (reply instanceof Long number) {
				receivers += number;
				answered = true;
			}
		}
		return answered ? (Object) receivers : replies.get(0);
	}

	/**
	 * Tell whether a command is to be run in steps.
	 * @param command the command
	 * @return whether its keys hash to several slots and it cannot be split
	 */
	boolean isStepwise(CommandObject<?> command) {
		CommandArguments arguments = command.getArguments();
		return CommandSpecs.of(arguments).requestPolicy() == RequestPolicy.STEPWISE && !isPlaced(command)
				&& arguments.getKeys().size() > 1 && !this.slots.sameSlot(arguments.getKeys());
	}

	private static boolean isPlaced(CommandObject<?> command) {
		return command instanceof NodeBoundCommand<?> || command instanceof SlotBoundCommand<?>;
	}

	/**
	 * Return how many nodes see a part of a command.
	 * @param parts the parts
	 * @return the number of primaries that serve the parts' slots, or of other nodes that
	 * are named
	 */
	int nodes(CommandParts parts) {
		Topology current = this.topology.get();
		return (int) parts.commands()
			.stream()
			.map((part) -> (part instanceof NodeBoundCommand<?> pinned) ? pinned.getNode()
					: primaryOf(current, slot(part)))
			.filter(Objects::nonNull)
			.distinct()
			.count();
	}

	/**
	 * Return how many nodes serve keys.
	 * @param keys the keys
	 * @return the number of primaries
	 */
	int nodes(List<Object> keys) {
		Topology current = this.topology.get();
		return (int) keys.stream()
			.map((key) -> primaryOf(current, this.slots.slot(key)))
			.filter(Objects::nonNull)
			.distinct()
			.count();
	}

	private int slot(CommandObject<?> part) {
		return (part instanceof SplitPart known) ? known.slot() : this.slots.slot(part.getArguments().getKeys().get(0));
	}

	private static @Nullable HostAndPort primaryOf(Topology topology, int slot) {
		Shard shard = topology.shardOf(slot);
		return (shard != null) ? shard.primary().address() : null;
	}

	private @Nullable CommandParts splitBySlot(CommandArguments arguments, CommandSpec spec) {
		List<Object> keys = arguments.getKeys();
		if (keys.isEmpty() || this.slots.sameSlot(keys)) {
			return null;
		}
		return switch (spec.responsePolicy()) {
			case UNION, INTERSECTION, DIFFERENCE -> membersOfEach(keys, spec.responsePolicy()::aggregate);
			case INTERSECTION_SIZE -> membersOfEach(keys, (sets) -> limited(arguments, spec, sets));
			default -> keysOfEachSlot(arguments, keys, spec);
		};
	}

	private static CommandParts membersOfEach(List<Object> keys,
			Function<List<@Nullable Object>, @Nullable Object> merge) {
		List<CommandObject<?>> parts = new ArrayList<>(keys.size());
		keys.forEach((key) -> parts.add(raw(new CommandArguments(Command.SMEMBERS).key(key))));
		return new CommandParts(parts, merge);
	}

	// SINTERCARD numkeys key ... [LIMIT limit], where 0 means no limit.
	private static @Nullable Object limited(CommandArguments arguments, CommandSpec spec, List<@Nullable Object> sets) {
		Object size = spec.responsePolicy().aggregate(sets);
		int limit = 2 + arguments.getKeys().size() + 1;
		if (arguments.size() <= limit || !(size instanceof Long number)) {
			return size;
		}
		String most = new String(arguments.get(limit).getRaw(), StandardCharsets.US_ASCII);
		if (!LIMIT.matcher(most).matches()) {
			throw new JedisDataException("ERR LIMIT can't be negative");
		}
		return most.equals("0") ? number : Math.min(number, Long.parseLong(most));
	}

	// Works for all commands whose arguments repeat per key, such as MGET and MSET.
	private CommandParts keysOfEachSlot(CommandArguments arguments, List<Object> keys, CommandSpec spec) {
		int argumentsPerKey = (arguments.size() - 1) / keys.size();
		SlotGroups groups = SlotGroups.of(keys, this.slots);
		List<CommandObject<?>> parts = new ArrayList<>(groups.count());
		for (int group = 0; group < groups.count(); group++) {
			CommandArguments part = new CommandArguments(arguments.getCommand());
			for (int i = 0; i < groups.size(group); i++) {
				add(part, arguments, 1 + groups.position(group, i) * argumentsPerKey, argumentsPerKey);
			}
			parts.add(new SplitPart(part, groups.slot(group)));
		}
		if (spec.responsePolicy() == ResponsePolicy.CONCATENATE) {
			return new CommandParts(parts, (replies) -> inOrder(replies, groups, keys.size()));
		}
		return new CommandParts(parts, spec.responsePolicy()::aggregate);
	}

	// Takes over what is encoded already. A part has its slot and needs no keys.
	private static void add(CommandArguments part, CommandArguments whole, int first, int count) {
		for (int position = first; position < first + count; position++) {
			part.add(whole.get(position));
		}
	}

	private static List<@Nullable Object> inOrder(List<@Nullable Object> replies, SlotGroups groups, int keys) {
		@Nullable Object[] ordered = new Object[keys];
		for (int group = 0; group < groups.count(); group++) {
			List<?> values = (List<?>) replies.get(group);
			for (int i = 0; i < groups.size(group); i++) {
				ordered[groups.position(group, i)] = (values != null) ? values.get(i) : null;
			}
		}
		return Arrays.asList(ordered);
	}

	private static CommandParts broadcast(CommandArguments arguments, CommandSpec spec, Collection<Node> nodes) {
		return new CommandParts(onEach(nodes, arguments), spec.responsePolicy()::aggregate,
				spec.responsePolicy() == ResponsePolicy.ONE_SUCCEEDED);
	}

	private static List<CommandObject<?>> onEach(Collection<Node> nodes, CommandArguments arguments) {
		List<CommandObject<?>> parts = new ArrayList<>(nodes.size());
		nodes.forEach((node) -> parts.add(new NodeBoundCommand<>(raw(arguments), node.address())));
		return parts;
	}

	private static Map<HostAndPort, @Nullable Object> byNode(List<Node> nodes, List<@Nullable Object> replies) {
		Map<HostAndPort, @Nullable Object> byNode = new LinkedHashMap<>();
		for (int i = 0; i < nodes.size(); i++) {
			byNode.put(nodes.get(i).address(), replies.get(i));
		}
		return byNode;
	}

	private List<Node> primaries() {
		return primaries(this.topology.get());
	}

	private List<Node> primaries(Topology topology) {
		List<Node> primaries = topology.shards().stream().map(Shard::primary).toList();
		if (primaries.isEmpty()) {
			throw NoNodeFailure.of(topology, "Client '" + this.client + "' has not reached its Redis yet");
		}
		return primaries;
	}

	static CommandObject<Object> raw(CommandArguments arguments) {
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

}
