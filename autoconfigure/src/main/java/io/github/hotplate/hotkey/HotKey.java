package io.github.hotplate.hotkey;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A key that is used often.
 *
 * @param key the key, or the name under which a {@link HotKeyNaming} counts it
 * @param share its part of all keys that were read or written, from 0 to 1
 * @param count how often it was used since it is tracked; an estimate where not all
 * commands are sampled, and never an overestimate where they are
 * @param slot its slot, or {@code null} where the name stands for keys of several slots
 * @param node the node that takes writes for the slot, or {@code null} where none is
 * known
 * @param firstSeen when it was first seen, of late
 * @param lastSeen when it was last seen
 * @since 0.1.0
 */
public record HotKey(String key, double share, long count, @Nullable Integer slot, @Nullable String node,
		Instant firstSeen, Instant lastSeen) {

}
