package io.github.hotplate.hotkey;

/**
 * Reports that the share of a key has passed {@code hot_keys.alert_share}. Published
 * once, and again only after the share has fallen clearly below it. Published on the
 * client's background thread.
 *
 * @param client the name of the client
 * @param access whether the key is hot for reads or for writes
 * @param key the key, with its share of the last few seconds
 * @since 0.1.0
 */
public record HotKeyEvent(String client, KeyAccess access, HotKey key) {

}
