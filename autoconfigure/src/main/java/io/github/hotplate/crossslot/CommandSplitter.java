package io.github.hotplate.crossslot;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.PrimariesCommand;
import io.github.hotplate.command.ResponsePolicy;
import io.github.hotplate.command.ShardBoundCommand;
import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.execution.ClientClosing;
import io.github.hotplate.routing.NoNodeFailure;
import io.github.hotplate.support.Randoms;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.Topology;

/**
 * Chooses how a command that several nodes must see becomes commands for one node each.
 * Thread-safe.
 */
public final class CommandSplitter {

	private final String client;

	private final KeySlots slots;

	private final Supplier<Topology> topology;

	private final StepwiseCommands stepwise;

	private final ClusterScanner scanner;

	private final RandomKey randomKey;

	/**
	 * Create a splitter.
	 * @param client the name of the client
	 * @param slots which keys belong together
	 * @param topology the topology of the moment
	 * @param refresh learns the topology now
	 */
	public CommandSplitter(String client, KeySlots slots, Supplier<Topology> topology, Runnable refresh) {
		this(client, slots, topology, refresh,
				new StepwiseCommands(new Polling(System::nanoTime, TimeUnit.NANOSECONDS::sleep)));
	}

	/**
	 * Create a splitter for a client that may be closed while a command waits.
	 * @param client the name of the client
	 * @param slots which keys belong together
	 * @param topology the topology of the moment
	 * @param refresh learns the topology now
	 * @param closing how far the client has been closed
	 */
	public CommandSplitter(String client, KeySlots slots, Supplier<Topology> topology, Runnable refresh,
			ClientClosing closing) {
		this(client, slots, topology, refresh, new StepwiseCommands(new Polling(System::nanoTime, (nanos) -> {
			closing.checkWaits();
			closing.sleep(Duration.ofNanos(nanos));
		})));
	}

	CommandSplitter(String client, KeySlots slots, Supplier<Topology> topology, Runnable refresh,
			StepwiseCommands stepwise) {
		this.client = client;
		this.slots = slots;
		this.topology = topology;
		this.stepwise = stepwise;
		this.scanner = new ClusterScanner(client, topology, refresh);
		this.randomKey = new RandomKey(Randoms::fraction);
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
			return onPrimaries(arguments, spec);
		}
		if (isBound(command)) {
			return null;
		}
		if (isForAllServers(spec)) {
			return PublishToAll.parts(arguments, shards(this.topology.get()));
		}
		return switch (spec.requestPolicy()) {
			case ALL_SHARDS -> onShards(arguments, spec);
			case ALL_NODES -> Broadcast.mergedOfAll(arguments, shards(this.topology.get()), spec.responsePolicy());
			case CURSOR -> scan(arguments);
			case MULTI_SHARD -> splitByKeys(arguments, spec);
			case NAMED_NODE, STEPWISE, DEFAULT -> null;
		};
	}

	// No primary is shut down in place of another that was.
	private CommandParts onPrimaries(CommandArguments arguments, CommandSpec spec) {
		List<Shard> shards = shards(this.topology.get());
		return spec.name().equals("SHUTDOWN") ? Broadcast.byAddress(arguments, shards)
				: Broadcast.byNode(arguments, shards, this::primaryOf);
	}

	private HostAndPort primaryOf(Shard former) {
		Shard shard = former.slots().isEmpty() ? null
				: this.topology.get().successorOf(Broadcast.nodes(former), former.slots().get(0).first());
		return ((shard != null) ? shard : former).primary().address();
	}

	private CommandParts onShards(CommandArguments arguments, CommandSpec spec) {
		List<Shard> shards = shards(this.topology.get());
		return (spec.responsePolicy() == ResponsePolicy.FIRST_PRESENT) ? this.randomKey.parts(arguments, shards)
				: Broadcast.merged(arguments, shards, spec.responsePolicy());
	}

	// Looks at the topology once: a failover between two looks would make a shard seem
	// ejected, and the scan would skip it.
	private @Nullable CommandParts scan(CommandArguments arguments) {
		if (arguments.size() == 1) {
			// Redis says what is missing.
			return null;
		}
		if (this.slots == KeySlots.CLUSTER) {
			return this.scanner.parts(arguments);
		}
		Topology current = this.topology.get();
		return ScanCursor.parts(arguments, current.scanned(),
				shards(current).stream().map(Shard::primary).toList()::contains);
	}

	private @Nullable CommandParts splitByKeys(CommandArguments arguments, CommandSpec spec) {
		List<Object> keys = CommandKeys.of(spec, arguments);
		if (keys.isEmpty() || this.slots.sameSlot(keys)) {
			return null;
		}
		return switch (spec.responsePolicy()) {
			case UNION, INTERSECTION, DIFFERENCE -> SetAlgebra.parts(arguments, spec.responsePolicy());
			case INTERSECTION_SIZE -> IntersectionSize.parts(arguments);
			default -> SlotSplit.parts(arguments, spec.responsePolicy(), this.slots);
		};
	}

	/**
	 * Return whether independent servers must each see a command that one node of a
	 * cluster would pass on to the others.
	 * @param spec the command
	 * @return whether it publishes a message that no server passes on
	 */
	boolean isForAllServers(CommandSpec spec) {
		return PublishToAll.applies(spec, this.slots);
	}

	/**
	 * Return whether a command must run in steps.
	 * @param command the command
	 * @param spec what is known of it
	 * @return whether its keys hash to several slots and it cannot be split
	 * @throws JedisDataException if it has too few or too many arguments
	 */
	boolean isStepwise(CommandObject<?> command, CommandSpec spec) {
		if (!spec.stepwise() || isBound(command)) {
			return false;
		}
		CommandArguments arguments = command.getArguments();
		List<Object> keys = CommandKeys.of(spec, arguments);
		if (keys.size() < 2 || this.slots.sameSlot(keys)) {
			return false;
		}
		StepwiseCommands.checkNumberOfArguments(spec, arguments);
		return true;
	}

	/**
	 * Return how to run a command in steps.
	 * @param spec the command
	 * @return its steps
	 */
	StepwiseCommand stepwise(CommandSpec spec) {
		return this.stepwise.get(spec);
	}

	private static boolean isBound(CommandObject<?> command) {
		return command instanceof NodeBoundCommand<?> || command instanceof SlotBoundCommand<?>
				|| command instanceof ShardBoundCommand<?>;
	}

	int nodes(CommandParts parts) {
		return new NodeCount(this.slots, this.topology.get()).ofParts(parts);
	}

	int nodes(List<Object> keys) {
		return new NodeCount(this.slots, this.topology.get()).ofKeys(keys);
	}

	private List<Shard> shards(Topology topology) {
		if (topology.shards().isEmpty()) {
			throw NoNodeFailure.of(this.client, topology,
					"Client '" + this.client + "' has not connected to Redis yet");
		}
		return topology.shards();
	}

}
