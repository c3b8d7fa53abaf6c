package io.github.hotplate.subscription;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

/**
 * The three kinds of names that one can subscribe to.
 */
enum TopicKind {

	/**
	 * A channel, which any node of a cluster serves.
	 */
	CHANNEL(Command.SUBSCRIBE, Command.UNSUBSCRIBE, "message"),

	/**
	 * A pattern of channels.
	 */
	PATTERN(Command.PSUBSCRIBE, Command.PUNSUBSCRIBE, "pmessage"),

	/**
	 * A shard channel, which the node of its slot serves.
	 */
	SHARD(Command.SSUBSCRIBE, Command.SUNSUBSCRIBE, "smessage");

	private final ProtocolCommand subscribe;

	private final ProtocolCommand unsubscribe;

	private final byte[] message;

	TopicKind(ProtocolCommand subscribe, ProtocolCommand unsubscribe, String message) {
		this.subscribe = subscribe;
		this.unsubscribe = unsubscribe;
		this.message = SafeEncoder.encode(message);
	}

	ProtocolCommand subscribe() {
		return this.subscribe;
	}

	ProtocolCommand unsubscribe() {
		return this.unsubscribe;
	}

	/**
	 * Return the kind that a command subscribes to.
	 * @param command the command
	 * @return the kind, or {@code null} if the command does not subscribe
	 */
	static @Nullable TopicKind subscribedBy(ProtocolCommand command) {
		return Arrays.stream(values()).filter((kind) -> kind.subscribe == command).findFirst().orElse(null);
	}

	/**
	 * Return the kind that a command unsubscribes from.
	 * @param command the command
	 * @return the kind, or {@code null} if the command does not unsubscribe
	 */
	static @Nullable TopicKind unsubscribedBy(ProtocolCommand command) {
		return Arrays.stream(values()).filter((kind) -> kind.unsubscribe == command).findFirst().orElse(null);
	}

	boolean isSubscribed(byte[] word) {
		return isWord(this.subscribe, word);
	}

	boolean isUnsubscribed(byte[] word) {
		return isWord(this.unsubscribe, word);
	}

	boolean isMessage(byte[] word) {
		return Arrays.equals(this.message, word);
	}

	// Redis names the commands in lower case.
	private static boolean isWord(ProtocolCommand command, byte[] word) {
		return SafeEncoder.encode(command.getRaw()).equalsIgnoreCase(SafeEncoder.encode(word));
	}

}
