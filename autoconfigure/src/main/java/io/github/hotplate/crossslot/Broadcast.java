package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.ResponsePolicy;
import io.github.hotplate.topology.Node;

/**
 * Sends the same command to several nodes.
 */
final class Broadcast {

	private Broadcast() {
	}

	/**
	 * Return a command whose replies become one.
	 * @param arguments the command
	 * @param nodes the nodes that must see it
	 * @param merge how their replies become one
	 * @return one part for each node
	 */
	static CommandParts merged(CommandArguments arguments, Collection<Node> nodes, ResponsePolicy merge) {
		return new CommandParts(onEach(nodes, arguments), merge::aggregate, merge == ResponsePolicy.ONE_SUCCEEDED);
	}

	/**
	 * Return a command whose reply is a map of the replies by node.
	 * @param arguments the command
	 * @param nodes the nodes that must see it
	 * @return one part for each node
	 */
	static CommandParts byNode(CommandArguments arguments, List<Node> nodes) {
		return new CommandParts(onEach(nodes, arguments), (replies) -> byNode(nodes, replies));
	}

	static List<CommandObject<?>> onEach(Collection<Node> nodes, CommandArguments arguments) {
		List<CommandObject<?>> parts = new ArrayList<>(nodes.size());
		nodes.forEach((node) -> parts.add(new NodeBoundCommand<>(RawCommand.of(arguments), node.address())));
		return parts;
	}

	private static Map<HostAndPort, @Nullable Object> byNode(List<Node> nodes, List<@Nullable Object> replies) {
		Map<HostAndPort, @Nullable Object> byNode = new LinkedHashMap<>();
		for (int i = 0; i < nodes.size(); i++) {
			byNode.put(nodes.get(i).address(), replies.get(i));
		}
		return byNode;
	}

}
