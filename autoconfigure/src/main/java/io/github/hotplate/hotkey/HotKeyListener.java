package io.github.hotplate.hotkey;

import java.util.List;

/**
 * Receives the hottest keys after each flush interval. Called on the client's background
 * thread, and must be quick.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HotKeyListener {

	/**
	 * Handle the hottest keys.
	 * @param tracker the tracker
	 * @param access whether the keys are read or written
	 * @param hottest the hottest keys of the last few seconds, at most
	 * {@value HotKeyTracker#WATCHED}, the hottest first
	 */
	void onHotKeys(HotKeyTracker tracker, KeyAccess access, List<HotKey> hottest);

}
