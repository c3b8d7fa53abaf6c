package io.github.hotplate.crossslot;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.PrimariesCommand;
import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.command.SplitPart;
import io.github.hotplate.routing.NoNodeFailure;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.Topology;

/**
 * Chooses how a command that several nodes must see is split into commands for one node
 * each. Thread-safe.
 */
public final class CommandSplitter {

	private static final String PUBLISH = "PUBLISH";

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
	 * @return its parts, or {@code null} if one node runs the whole command
	 */
	@Nullable CommandParts split(CommandObject<?> command) {
		return split(command, CommandSpecs.of(command.getArguments()));
	}

	/**
	 * Split a command.
	 * @param command the command
	 * @param spec what is known of it
	 * @return its parts, or {@code null} if one node runs the whole command
	 */
	@Nullable CommandParts split(CommandObject<?> command, CommandSpec spec) {
		CommandArguments arguments = command.getArguments();
		if (command instanceof PrimariesCommand) {
			return Broadcast.byNode(primaries(), arguments);
		}
		if (isBound(command)) {
			return null;
		}
		if (isMessageForAll(spec)) {
			return Broadcast.message(primaries(), arguments);
		}
		return switch (spec.requestPolicy()) {
			case ALL_SHARDS -> Broadcast.to(primaries(), arguments, spec);
			case ALL_NODES -> Broadcast.to(this.topology.get().nodesInUse(), arguments, spec);
			case CURSOR -> scan(arguments);
			case MULTI_SHARD -> splitBySlot(arguments, spec);
			case STEPWISE, DEFAULT -> null;
		};
	}

	// A failover between two looks at the topology would make a shard seem ejected.
	private CommandParts scan(CommandArguments arguments) {
		Topology current = this.topology.get();
		return ScanCursor.parts(arguments, current.scanned(), primaries(current)::contains);
	}

	private @Nullable CommandParts splitBySlot(CommandArguments arguments, CommandSpec spec) {
		List<Object> keys = arguments.getKeys();
		if (keys.isEmpty() || this.slots.sameSlot(keys)) {
			return null;
		}
		return SetAlgebra.combines(spec) ? SetAlgebra.split(arguments, spec)
				: SlotSplit.split(arguments, spec, this.slots);
	}

	/**
	 * Tell whether a command is a message that servers do not pass on to each other.
	 * @param spec what is known of the command
	 * @return whether every server must see it
	 */
	boolean isMessageForAll(CommandSpec spec) {
		return this.slots.messagesReachOneServerOnly() && spec.name().equals(PUBLISH);
	}

	/**
	 * Tell whether a command runs in steps.
	 * @param command the command
	 * @param spec what is known of it
	 * @return whether its keys hash to several slots and it cannot be split
	 */
	boolean isStepwise(CommandObject<?> command, CommandSpec spec) {
		List<Object> keys = command.getArguments().getKeys();
		return spec.stepwise() && !isBound(command) && keys.size() > 1 && !this.slots.sameSlot(keys);
	}

	private static boolean isBound(CommandObject<?> command) {
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
			.map((part) -> (part instanceof NodeBoundCommand<?> bound) ? bound.getNode()
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

	private List<Node> primaries() {
		return primaries(this.topology.get());
	}

	private List<Node> primaries(Topology topology) {
		List<Node> primaries = topology.shards().stream().map(Shard::primary).toList();
		if (primaries.isEmpty()) {
			throw NoNodeFailure.of(this.client, topology, "Client '" + this.client + "' has not reached its Redis yet");
		}
		return primaries;
	}

}
