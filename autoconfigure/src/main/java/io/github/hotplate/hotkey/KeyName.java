package io.github.hotplate.hotkey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The name under which a key is counted, reported and written to Redis: its bytes, or the
 * result of a {@link HotKeyNaming}. A value.
 */
final class KeyName {

	private final byte[] bytes;

	private final int hash;

	private KeyName(byte[] bytes) {
		this.bytes = bytes;
		this.hash = Arrays.hashCode(bytes);
	}

	static KeyName of(Object key) {
		return new KeyName((key instanceof byte[] bytes) ? bytes : ((String) key).getBytes(StandardCharsets.UTF_8));
	}

	byte[] bytes() {
		return this.bytes;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof KeyName name && Arrays.equals(this.bytes, name.bytes);
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

	@Override
	public String toString() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

}
