package io.github.hotplate.hotkey;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A frequently used key.
 *
 * @param key the key, or the name under which a {@link HotKeyNaming} counts it
 * @param share its share of all keys that were read or written, from 0 to 1
 * @param count how often it was used since tracking began; an estimate unless all
 * commands are sampled, and then never too high
 * @param slot its slot, or {@code null} if the name stands for keys of several slots
 * @param node the node that takes writes for the slot, or {@code null} if none is known
 * @param nodeShare its share of the keys of that node that were recently read or written,
 * from 0 to 1, or {@code null} if the samples of that node are too few to tell
 * @param firstSeen when it was first seen since tracking began
 * @param lastSeen when it was last seen
 * @since 0.1.0
 */
public record HotKey(String key, double share, long count, @Nullable Integer slot, @Nullable String node,
		@Nullable Double nodeShare, Instant firstSeen, Instant lastSeen) {

}
