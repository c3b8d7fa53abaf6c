package io.github.hotplate.routing;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntBinaryOperator;

import io.github.hotplate.command.Footprint;

/**
 * The positions of commands of a batch by the keys that they touch. Not thread-safe.
 */
final class KeyIndex {

	private final IntBinaryOperator choice;

	private final int none;

	private final Map<ByteBuffer, Integer> touched = new HashMap<>();

	private final Map<ByteBuffer, Integer> written = new HashMap<>();

	private int any;

	private int anyWrite;

	private int anyKey;

	private int anyKeyWrite;

	private KeyIndex(IntBinaryOperator choice, int none) {
		this.choice = choice;
		this.none = none;
		this.any = none;
		this.anyWrite = none;
		this.anyKey = none;
		this.anyKeyWrite = none;
	}

	/**
	 * Create an index of the first commands on each key.
	 * @return an empty index
	 */
	static KeyIndex ofFirst() {
		return new KeyIndex(Math::min, Integer.MAX_VALUE);
	}

	/**
	 * Create an index of the last commands on each key.
	 * @return an empty index
	 */
	static KeyIndex ofLast() {
		return new KeyIndex(Math::max, -1);
	}

	void add(Footprint footprint, int position) {
		if (footprint.isFree()) {
			return;
		}
		this.any = choose(this.any, position);
		footprint.read().forEach((key) -> this.touched.merge(key, position, this::choose));
		footprint.written().forEach((key) -> {
			this.touched.merge(key, position, this::choose);
			this.written.merge(key, position, this::choose);
		});
		if (footprint.writes()) {
			this.anyWrite = choose(this.anyWrite, position);
		}
		if (footprint.anyKey()) {
			this.anyKey = choose(this.anyKey, position);
			this.anyKeyWrite = footprint.writes() ? choose(this.anyKeyWrite, position) : this.anyKeyWrite;
		}
	}

	/**
	 * Find the command whose order with another one matters, since they share a key and
	 * at least one of them writes it.
	 * @param footprint what the other one touches
	 * @return the first or the last position, or {@link Integer#MAX_VALUE} or -1 if there
	 * is none
	 */
	int find(Footprint footprint) {
		if (footprint.anyKey()) {
			return footprint.writes() ? this.any : this.anyWrite;
		}
		int found = this.none;
		for (ByteBuffer key : footprint.read()) {
			found = choose(choose(found, this.anyKeyWrite), this.written.getOrDefault(key, this.none));
		}
		for (ByteBuffer key : footprint.written()) {
			found = choose(choose(found, this.anyKey), this.touched.getOrDefault(key, this.none));
		}
		return found;
	}

	private int choose(int first, int second) {
		return this.choice.applyAsInt(first, second);
	}

}
