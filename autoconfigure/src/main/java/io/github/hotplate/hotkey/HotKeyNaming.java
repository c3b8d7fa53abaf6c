package io.github.hotplate.hotkey;

import org.jspecify.annotations.Nullable;

/**
 * Masks or groups keys before they are counted, and so before anything leaves the
 * process: {@code user:123:cart} may count as {@code user:*:cart}. A bean of this type is
 * called for every sampled key of every client, in batches on the threads that run
 * commands, so it must be quick and thread-safe. A key for which it fails is not counted.
 * The keys of slow calls are named by it as well.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HotKeyNaming {

	/**
	 * Return the name that a key counts under.
	 * @param client the name of the client
	 * @param key the key, cut if it is longer than {@code hot_keys.max_key_length}
	 * @return the name, or {@code null} to ignore the key
	 */
	@Nullable String nameOf(String client, String key);

}
