package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.ResponsePolicy;
import io.github.hotplate.command.ShardBoundCommand;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Shard;

/**
 * Sends one command to many nodes. What is meant for a primary is bound to its shard: if
 * it fails over, its successor gets the command. Replicas that it loses are left out.
 * Servers whose keys the client itself places have no successor.
 */
final class Broadcast {

	private Broadcast() {
	}

	/**
	 * Return a command whose replies become one.
	 * @param arguments the command
	 * @param shards the shards whose primaries must see it
	 * @param merge how their replies become one
	 * @return one part for each shard
	 */
	static CommandParts merged(CommandArguments arguments, Collection<Shard> shards, ResponsePolicy merge) {
		return new CommandParts(onEach(shards, arguments), merge::aggregate, merge == ResponsePolicy.ONE_SUCCEEDED);
	}

	/**
	 * Return a command for primaries and replicas whose replies become one.
	 * @param arguments the command
	 * @param shards the shards whose nodes must see it
	 * @param merge how their replies become one
	 * @return one part for each node
	 */
	static CommandParts mergedOfAll(CommandArguments arguments, Collection<Shard> shards, ResponsePolicy merge) {
		List<CommandObject<?>> parts = onEach(shards, arguments);
		shards.forEach((shard) -> shard.replicas()
			.forEach((replica) -> parts.add(new ShardBoundCommand.OnReplica<>(RawCommand.of(arguments),
					replica.address(), nodes(shard), shard.slots().get(0).first()))));
		return new CommandParts(parts, merge::aggregate, merge == ResponsePolicy.ONE_SUCCEEDED);
	}

	/**
	 * Return a command whose reply is a map of the replies by node.
	 * @param arguments the command
	 * @param shards the shards whose primaries must see it
	 * @param primaryOf finds the primary of a shard when the replies are there
	 * @return one part for each shard
	 */
	static CommandParts byNode(CommandArguments arguments, List<Shard> shards, Function<Shard, HostAndPort> primaryOf) {
		return new CommandParts(onEach(shards, arguments), (replies) -> byNode(shards, replies, primaryOf));
	}

	/**
	 * Return a command for primaries by their addresses, none of which takes the place of
	 * another.
	 * @param arguments the command
	 * @param shards the shards whose primaries must see it
	 * @return one part for each primary, whose reply is a map of the replies by node
	 */
	static CommandParts byAddress(CommandArguments arguments, List<Shard> shards) {
		List<CommandObject<?>> parts = new ArrayList<>(shards.size());
		shards.forEach((shard) -> parts.add(bound(arguments, shard.primary().address())));
		return new CommandParts(parts, (replies) -> byNode(shards, replies, (shard) -> shard.primary().address()));
	}

	static List<CommandObject<?>> onEach(Collection<Shard> shards, CommandArguments arguments) {
		List<CommandObject<?>> parts = new ArrayList<>(shards.size());
		shards.forEach((shard) -> parts.add(bound(arguments, shard)));
		return parts;
	}

	static CommandObject<?> bound(CommandArguments arguments, Shard shard) {
		if (shard.slots().isEmpty()) {
			return bound(arguments, shard.primary().address());
		}
		return new ShardBoundCommand<>(RawCommand.of(arguments), nodes(shard), shard.slots().get(0).first());
	}

	static List<HostAndPort> nodes(Shard shard) {
		return Stream.concat(Stream.of(shard.primary()), shard.replicas().stream()).map(Node::address).toList();
	}

	private static CommandObject<?> bound(CommandArguments arguments, HostAndPort node) {
		return new NodeBoundCommand<>(RawCommand.of(arguments), node);
	}

	private static Map<HostAndPort, @Nullable Object> byNode(List<Shard> shards, List<@Nullable Object> replies,
			Function<Shard, HostAndPort> primaryOf) {
		Map<HostAndPort, @Nullable Object> byNode = new LinkedHashMap<>();
		for (int i = 0; i < shards.size(); i++) {
			byNode.put(primaryOf.apply(shards.get(i)), replies.get(i));
		}
		return byNode;
	}

}
