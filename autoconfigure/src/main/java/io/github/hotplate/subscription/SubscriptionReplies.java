package io.github.hotplate.subscription;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

/**
 * Replies as Redis sends them to a subscriber.
 */
final class SubscriptionReplies {

	/**
	 * What Redis answers to {@code PING}; listeners do not hear of it.
	 */
	static final List<Object> PONG = List.of(SafeEncoder.encode("pong"), new byte[0]);

	private SubscriptionReplies() {
	}

	/**
	 * Tell whether Redis answers {@code PING}.
	 * @param word the first word of a reply
	 * @return whether it is the first word of {@link #PONG}
	 */
	static boolean isPong(byte[] word) {
		return Arrays.equals(word, (byte[]) PONG.get(0));
	}

	/**
	 * Return the confirmation of a change.
	 * @param kind the kind of name
	 * @param subscribed whether it was subscribed to, or unsubscribed from
	 * @param name the channel or pattern
	 * @param count how many subscriptions there are now
	 * @return the reply
	 */
	static List<Object> change(TopicKind kind, boolean subscribed, byte[] name, long count) {
		ProtocolCommand command = subscribed ? kind.subscribe() : kind.unsubscribe();
		return List.of(SafeEncoder.encode(SafeEncoder.encode(command.getRaw()).toLowerCase(Locale.ROOT)), name, count);
	}

}
