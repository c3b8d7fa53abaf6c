package io.github.hotplate.routing;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.command.AccessRule;
import io.github.hotplate.command.Footprint;

/**
 * The keys that a batch writes. A replica would answer reads of them before or after the
 * batch's own writes, whichever comes first.
 */
final class OwnWrites {

	private final Set<ByteBuffer> keys = new HashSet<>();

	private boolean anyKey;

	private OwnWrites() {
	}

	static OwnWrites of(@Nullable PendingCommand[] commands) {
		OwnWrites writes = new OwnWrites();
		for (PendingCommand command : commands) {
			if (command != null && command.command().spec().access() != AccessRule.READ) {
				Footprint footprint = command.footprint();
				writes.keys.addAll(footprint.written());
				writes.anyKey |= footprint.anyKey() && footprint.writes();
			}
		}
		return writes;
	}

	boolean touch(PendingCommand read) {
		return this.anyKey || (!this.keys.isEmpty() && read.footprint().touches(this.keys, false));
	}

}
