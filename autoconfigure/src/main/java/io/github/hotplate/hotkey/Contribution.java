package io.github.hotplate.hotkey;

/**
 * What a sorted set is owed of one key.
 *
 * @param key the key
 * @param amount the number of commands, at least 1
 */
record Contribution(TrackedKey key, long amount) {

}
