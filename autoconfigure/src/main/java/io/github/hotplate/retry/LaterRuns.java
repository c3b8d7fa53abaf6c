package io.github.hotplate.retry;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.hotplate.command.Footprint;

/**
 * The keys of the commands that have run, or may have, after a certain command of a
 * pipeline. Not thread-safe.
 */
final class LaterRuns {

	private final Set<ByteBuffer> touched = new HashSet<>();

	private final Set<ByteBuffer> written = new HashSet<>();

	private final Set<ByteBuffer> stuck = new HashSet<>();

	private boolean anyTouched;

	private boolean anyWritten;

	private boolean anyStuck;

	/**
	 * Add a command that comes before those that were added.
	 * @param footprint what it touches
	 * @param again whether it may run again
	 */
	void add(Footprint footprint, boolean again) {
		this.touched.addAll(footprint.read());
		this.touched.addAll(footprint.written());
		this.written.addAll(footprint.written());
		this.anyTouched |= footprint.anyKey();
		this.anyWritten |= footprint.anyKey() && footprint.writes();
		if (!again) {
			this.stuck.addAll(footprint.read());
			this.stuck.addAll(footprint.written());
			this.anyStuck |= footprint.anyKey();
		}
	}

	/**
	 * Tell whether a command can still run before them.
	 * @param rerun what comes of it
	 * @param index its position in the pipeline
	 * @param covers the first command that overwrites a key and is sent again
	 * @return whether the outcome would be that of the commands in their order
	 */
	boolean allow(Rerun rerun, int index, Map<ByteBuffer, Integer> covers) {
		Footprint footprint = rerun.footprint();
		if (footprint.anyKey()) {
			boolean changed = this.anyWritten || !this.written.isEmpty();
			return !changed && (!footprint.writes() || (this.touched.isEmpty() && !this.anyTouched));
		}
		for (ByteBuffer key : footprint.written()) {
			if (this.anyStuck || this.stuck.contains(key)) {
				return false;
			}
			if (!rerun.blind() && isWritten(key) && covers.getOrDefault(key, index) >= index) {
				return false;
			}
		}
		for (ByteBuffer key : footprint.read()) {
			if (isWritten(key) && covers.getOrDefault(key, index) >= index) {
				return false;
			}
		}
		return true;
	}

	private boolean isWritten(ByteBuffer key) {
		return this.anyWritten || this.written.contains(key);
	}

}
