package io.github.hotplate.hotkey;

/**
 * One key of a sampled command.
 *
 * @param key a {@code String} or a {@code byte[]}, cut if it was long
 * @param slot the slot of the whole key or of the place that the command named, or
 * {@link #SLOT_OF_KEY} where the key is whole and says it
 * @param access what the command did with it
 * @param weight for how many commands it stands, at least 1
 * @param bytes the size of its part of arguments and reply; 0 where sizes do not count
 */
record Sample(Object key, int slot, KeyAccess access, double weight, long bytes) {

	static final int SLOT_OF_KEY = -1;

}
