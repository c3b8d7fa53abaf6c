package io.github.hotplate.hotkey;

/**
 * A pending contribution of one key to a sorted set.
 *
 * @param key the key
 * @param amount the number of commands, at least 1
 */
record Contribution(TrackedKey key, long amount) {

}
