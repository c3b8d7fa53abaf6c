package io.github.hotplate.activity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The keys that were read, as hashes of 64 bits, to find those that are read again. A key
 * that was written in between is read for the first time again. Keys beyond the first
 * {@value #LIMIT} are not watched. Not thread-safe.
 */
final class ReadKeys {

	/**
	 * How many keys are watched.
	 */
	static final int LIMIT = 256;

	private static final int SMALLEST = 16;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final byte WRITTEN = 0;

	private static final byte READ = 1;

	private static final byte WRITTEN_AFTER_REPETITION = 2;

	private static final byte READ_AGAIN = 3;

	// A table with open addressing, at most half full. Zero is a free place.
	private long[] hashes = new long[SMALLEST];

	private byte[] states = new byte[SMALLEST];

	private int size;

	private int repeatedKeys;

	private long repeatedReads;

	/**
	 * Note that a key is read.
	 * @param key a {@code String} or a {@code byte[]}
	 */
	void read(Object key) {
		long hash = hash(key);
		int place = find(hash);
		if (this.hashes[place] == 0) {
			add(place, hash);
			return;
		}
		switch (this.states[place]) {
			case WRITTEN -> this.states[place] = READ;
			case WRITTEN_AFTER_REPETITION -> this.states[place] = READ_AGAIN;
			case READ -> {
				this.states[place] = READ_AGAIN;
				this.repeatedKeys++;
				this.repeatedReads++;
			}
			default -> this.repeatedReads++;
		}
	}

	private void add(int place, long hash) {
		if (this.size == LIMIT) {
			return;
		}
		this.hashes[place] = hash;
		this.states[place] = READ;
		this.size++;
		if (this.size * 2 > this.hashes.length) {
			grow();
		}
	}

	private void grow() {
		long[] formerHashes = this.hashes;
		byte[] formerStates = this.states;
		this.hashes = new long[formerHashes.length * 2];
		this.states = new byte[formerStates.length * 2];
		for (int i = 0; i < formerHashes.length; i++) {
			if (formerHashes[i] != 0) {
				int place = find(formerHashes[i]);
				this.hashes[place] = formerHashes[i];
				this.states[place] = formerStates[i];
			}
		}
	}

	/**
	 * Note that a key is written, so that the next read of it is worth its while.
	 * @param key a {@code String} or a {@code byte[]}
	 */
	void written(Object key) {
		if (this.size == 0) {
			return;
		}
		int place = find(hash(key));
		this.states[place] = (this.states[place] >= WRITTEN_AFTER_REPETITION) ? WRITTEN_AFTER_REPETITION : WRITTEN;
	}

	/**
	 * Return how many keys were read more than once.
	 * @return the number of keys
	 */
	int repeatedKeys() {
		return this.repeatedKeys;
	}

	/**
	 * Return how many reads were of a key that had been read before.
	 * @return the number of reads
	 */
	long repeatedReads() {
		return this.repeatedReads;
	}

	private int find(long hash) {
		int mask = this.hashes.length - 1;
		int place = (int) (hash >>> 32) & mask;
		while (this.hashes[place] != 0 && this.hashes[place] != hash) {
			place = (place + 1) & mask;
		}
		return place;
	}

	private static long hash(Object key) {
		byte[] bytes = (key instanceof byte[] raw) ? raw : key.toString().getBytes(StandardCharsets.UTF_8);
		long hash = bytes.length;
		int i = 0;
		for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
			hash = mix(hash ^ (long) LONGS.get(bytes, i));
		}
		for (; i < bytes.length; i++) {
			hash = mix(hash ^ bytes[i]);
		}
		hash = mix(hash);
		return (hash != 0) ? hash : 1;
	}

	// The last steps of MurmurHash3, by which every bit of a hash depends on all others.
	private static long mix(long value) {
		long hash = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
		hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return hash ^ (hash >>> 33);
	}

}
