package io.github.hotplate.hotkey;

/**
 * One key of a sampled command.
 *
 * @param key a {@code String} or a {@code byte[]}, cut if it was long
 * @param slot the slot of the whole key or of the place that the command named, or
 * {@link #SLOT_OF_KEY} if the key is complete and determines it
 * @param access how the command used it
 * @param weight the number of commands it represents, at least 1
 * @param bytes the size of its part of arguments and reply; 0 if sizes are not tracked
 */
record Sample(Object key, int slot, KeyAccess access, double weight, long bytes) {

	static final int SLOT_OF_KEY = -1;

}
