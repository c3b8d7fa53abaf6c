package io.github.hotplate.crossslot;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.topology.Shard;

/**
 * {@code PUBLISH} to independent servers. One node of a cluster passes a message on to
 * the others; independent servers do not, and a subscriber may be connected to any of
 * them.
 */
final class PublishToAll {

	private static final String PUBLISH = "PUBLISH";

	private PublishToAll() {
	}

	static boolean applies(CommandSpec spec, KeySlots slots) {
		return slots.messagesReachOneServerOnly() && spec.name().equals(PUBLISH);
	}

	static CommandParts parts(CommandArguments arguments, Collection<Shard> servers) {
		return new CommandParts(Broadcast.onEach(servers, arguments), PublishToAll::receivers, true);
	}

	// A server that is down has no subscribers: they subscribe again elsewhere.
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

}
