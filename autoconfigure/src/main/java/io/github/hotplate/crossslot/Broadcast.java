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

import io.github.hotplate.command.CommandSpec;
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
	 * Split a command whose replies become one by its policy.
	 * @param arguments the command
	 * @param spec what is known of it
	 * @param nodes the nodes that must see it
	 * @return one part for each node
	 */
	static CommandParts to(Collection<Node> nodes, CommandArguments arguments, CommandSpec spec) {
		return new CommandParts(parts(nodes, arguments), spec.responsePolicy()::aggregate,
				spec.responsePolicy() == ResponsePolicy.ONE_SUCCEEDED);
	}

	/**
	 * Split a command whose replies are told apart by their node.
	 * @param nodes the nodes that must see it
	 * @param arguments the command
	 * @return one part for each node
	 */
	static CommandParts byNode(List<Node> nodes, CommandArguments arguments) {
		return new CommandParts(parts(nodes, arguments), (replies) -> {
			Map<HostAndPort, @Nullable Object> byNode = new LinkedHashMap<>();
			for (int i = 0; i < nodes.size(); i++) {
				byNode.put(nodes.get(i).address(), replies.get(i));
			}
			return byNode;
		});
	}

	/**
	 * Split a message for independent servers, which do not pass it on: a subscriber is
	 * on any one of them. Subscribers of a server that is down move to another, so one
	 * reply suffices.
	 * @param nodes the servers
	 * @param arguments the command
	 * @return one part for each server, whose replies add up
	 */
	static CommandParts message(List<Node> nodes, CommandArguments arguments) {
		return new CommandParts(parts(nodes, arguments), Broadcast::receivers, true);
	}

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

	private static List<CommandObject<?>> parts(Collection<Node> nodes, CommandArguments arguments) {
		List<CommandObject<?>> parts = new ArrayList<>(nodes.size());
		nodes.forEach((node) -> parts.add(new NodeBoundCommand<>(CommandParts.raw(arguments), node.address())));
		return parts;
	}

}
