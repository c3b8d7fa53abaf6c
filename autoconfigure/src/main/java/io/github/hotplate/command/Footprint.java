package io.github.hotplate.command;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import redis.clients.jedis.CommandObject;

/**
 * The keys that a command touches, to tell which commands must keep their order.
 *
 * @param read the keys that it only reads
 * @param written the keys that it writes
 * @param anyKey whether it may touch any key at all
 * @param writes whether it writes
 */
public record Footprint(List<ByteBuffer> read, List<ByteBuffer> written, boolean anyKey, boolean writes) {

	/**
	 * Find out what a command touches.
	 * @param spec what is known of the command
	 * @param command the command
	 * @return what it touches
	 */
	public static Footprint of(CommandSpec spec, CommandObject<?> command) {
		AccessRule access = spec.access();
		List<ByteBuffer> read = new ArrayList<>();
		List<ByteBuffer> written = new ArrayList<>();
		List<ByteBuffer> keys = CommandKeys.comparable(spec, command);
		for (int i = 0; i < keys.size(); i++) {
			boolean source = access.reads(i) && !access.writes(i) && access != AccessRule.READ;
			((spec.readOnly() || source) ? read : written).add(keys.get(i));
		}
		return new Footprint(read, written, keys.isEmpty() && access != AccessRule.NONE, !spec.readOnly());
	}

	/**
	 * Tell whether the order of this command and others is of no consequence.
	 * @return whether it touches no key
	 */
	public boolean isFree() {
		return !this.anyKey && this.read.isEmpty() && this.written.isEmpty();
	}

	/**
	 * Tell whether the command touches what others have changed.
	 * @param changed the keys that were changed
	 * @param anyChanged whether any key at all may have been changed
	 * @return whether it may run otherwise now
	 */
	public boolean touches(Set<ByteBuffer> changed, boolean anyChanged) {
		if (this.anyKey) {
			return anyChanged || !changed.isEmpty();
		}
		return (anyChanged && !isFree()) || this.read.stream().anyMatch(changed::contains)
				|| this.written.stream().anyMatch(changed::contains);
	}

}
