package io.github.hotplate.hotkey;

import java.util.List;

/**
 * Is told what is hot, whenever a tracker has looked at it. Called on the client's
 * background thread, and must be quick.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HotKeyListener {

	/**
	 * Take note of the hottest keys.
	 * @param tracker the tracker
	 * @param access whether the keys are read or written
	 * @param hottest the hottest keys of the last seconds, at most
	 * {@value HotKeyTracker#WATCHED}, the hottest first
	 */
	void onHotKeys(HotKeyTracker tracker, KeyAccess access, List<HotKey> hottest);

}
