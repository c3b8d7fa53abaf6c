package io.github.hotplate.hotkey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Cuts long keys to bound the memory of those who keep them. A digest replaces the rest
 * and tells keys with the same beginning apart: two checksums, 64 bits, which cost the
 * caller almost nothing.
 */
public final class KeyCutter {

	/**
	 * Three dots, a hash sign and 16 hexadecimal digits.
	 */
	private static final int DIGEST_LENGTH = 20;

	/**
	 * The most bytes that a {@code char} takes in UTF-8.
	 */
	private static final int BYTES_PER_CHAR = 3;

	private final int maxLength;

	/**
	 * Create a cutter.
	 * @param maxLength the most bytes of a key, more than the digest has
	 */
	public KeyCutter(int maxLength) {
		this.maxLength = maxLength;
	}

	/**
	 * Cut a key if it is long.
	 * @param key a {@code String} or a {@code byte[]}
	 * @return the same instance if the key is short enough, or else the cut key
	 */
	public Object cut(Object key) {
		if (key instanceof byte[] bytes) {
			return (bytes.length <= this.maxLength) ? bytes : cutBytes(bytes);
		}
		String text = (String) key;
		if (text.length() * BYTES_PER_CHAR <= this.maxLength) {
			return text;
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return (bytes.length <= this.maxLength) ? bytes : cutBytes(bytes);
	}

	private byte[] cutBytes(byte[] key) {
		int length = this.maxLength - DIGEST_LENGTH;
		// Do not cut within a character: its continuation bytes begin with the bits 10.
		while (length > 0 && (key[length] & 0xC0) == 0x80) {
			length--;
		}
		byte[] digest = "...#%08x%08x".formatted(checksum(new CRC32(), key), checksum(new CRC32C(), key))
			.getBytes(StandardCharsets.US_ASCII);
		byte[] cut = Arrays.copyOf(key, length + digest.length);
		System.arraycopy(digest, 0, cut, length, digest.length);
		return cut;
	}

	private static long checksum(Checksum checksum, byte[] key) {
		checksum.update(key, 0, key.length);
		return checksum.getValue();
	}

}
