package io.github.hotplate.subscription;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one can subscribe to.
 *
 * @param kind the kind of name
 * @param name the name of the channel, or the pattern
 */
record Topic(TopicKind kind, ByteBuffer name) {

	/**
	 * Events of keys are published on the node that has the key, and on no other.
	 * @see <a href=
	 * "https://redis.io/docs/latest/develop/pubsub/keyspace-notifications/">Keyspace
	 * notifications</a>
	 */
	private static final List<String> KEY_EVENTS = List.of("__keyspace@", "__keyevent@");

	private static final String GLOB = "*?[\\";

	static Topic of(TopicKind kind, byte[] name) {
		return new Topic(kind, ByteBuffer.wrap(name));
	}

	byte[] bytes() {
		return this.name.array();
	}

	/**
	 * Tell whether events of keys may arrive, so that every primary must be listened to.
	 * @return whether the channel is one for events, or the pattern may match one
	 */
	boolean mayHearKeyEvents() {
		return switch (this.kind) {
			case CHANNEL -> isForKeyEvents(bytes());
			case PATTERN -> mayMatchKeyEvents(text(bytes()));
			case SHARD -> false;
		};
	}

	/**
	 * Tell whether messages may arrive that are no events of keys, and of which one node
	 * is enough.
	 * @return whether it is neither a shard channel nor for events of keys only
	 */
	boolean mayHearMessages() {
		return switch (this.kind) {
			case CHANNEL -> !isForKeyEvents(bytes());
			case PATTERN -> KEY_EVENTS.stream().noneMatch(text(bytes())::startsWith);
			case SHARD -> false;
		};
	}

	// Called for every message.
	static boolean isForKeyEvents(byte[] channel) {
		return channel.length > 2 && channel[0] == '_' && channel[1] == '_'
				&& KEY_EVENTS.stream().anyMatch(text(channel)::startsWith);
	}

	private static boolean mayMatchKeyEvents(String pattern) {
		int length = 0;
		while (length < pattern.length() && GLOB.indexOf(pattern.charAt(length)) < 0) {
			length++;
		}
		String literal = pattern.substring(0, length);
		boolean open = length < pattern.length();
		return KEY_EVENTS.stream()
			.anyMatch((events) -> literal.startsWith(events) || (open && events.startsWith(literal)));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

}
