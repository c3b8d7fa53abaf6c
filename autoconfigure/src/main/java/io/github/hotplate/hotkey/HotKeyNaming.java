package io.github.hotplate.hotkey;

import org.jspecify.annotations.Nullable;

/**
 * Masks or groups keys before they are counted, and thereby before anything leaves the
 * process: {@code user:123:cart} may count as {@code user:*:cart}. A bean of this type is
 * asked for every sampled key of every client, in batches on the threads that run
 * commands; it must be quick and thread-safe. A key for which it fails is not counted.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HotKeyNaming {

	/**
	 * Return under what name a key counts.
	 * @param client the name of the client
	 * @param key the key, cut if it is longer than {@code hot_keys.max_key_length}
	 * @return the name, or {@code null} to leave the key out
	 */
	@Nullable String nameOf(String client, String key);

}
