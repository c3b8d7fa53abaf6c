package io.github.hotplate.hotkey;

/**
 * Tells that the share of a key has passed {@code hot_keys.alert_share}. It is published
 * once, and again when the share had fallen clearly below in between. Published on the
 * client's background thread.
 *
 * @param client the name of the client
 * @param access whether the key is read or written so often
 * @param key the key, with its share of the last seconds
 * @since 0.1.0
 */
public record HotKeyEvent(String client, KeyAccess access, HotKey key) {

}
