package io.github.hotplate.retry;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.Footprint;

/**
 * Keeps the commands of a pipeline on one key in their order when some of them are sent
 * again. Usually those after them were not sent either. But if a node recovers or takes
 * over a slot while it reads a pipeline, it refuses the first commands and runs the
 * others; and if replies are lost, all may have run.
 * <p>
 * Then a command may be sent again only if the later ones on its keys that have run, or
 * may have, can run again after it. A command that depends on what is there may not, once
 * a later write may have changed it, unless an earlier command that overwrites the key is
 * sent again as well: {@code GET k; SET k 0} would get the 0. Not thread-safe.
 */
final class PipelineOrder {

	private final List<CommandObject<?>> commands;

	private final long now;

	private final boolean atLeastOnce;

	private final @Nullable Rerun[] reruns;

	private final boolean[] ran;

	private final boolean[] answered;

	private int last = -1;

	/**
	 * Create the order of commands that have not run.
	 * @param commands the commands
	 * @param now milliseconds since the epoch
	 * @param atLeastOnce whether writes are repeated even if they must not run twice
	 */
	PipelineOrder(List<CommandObject<?>> commands, long now, boolean atLeastOnce) {
		this.commands = commands;
		this.now = now;
		this.atLeastOnce = atLeastOnce;
		this.reruns = new Rerun[commands.size()];
		this.ran = new boolean[commands.size()];
		this.answered = new boolean[commands.size()];
	}

	/**
	 * Note what came of sending a command.
	 * @param index its position
	 * @param answer the reply, or an exception
	 */
	void note(int index, @Nullable Object answer) {
		boolean lost = answer instanceof RuntimeException failure && FailureKind.of(failure) == FailureKind.AMBIGUOUS;
		boolean replied = !(answer instanceof RuntimeException failure)
				|| (failure instanceof JedisDataException && FailureKind.of(failure) == FailureKind.FINAL);
		if (lost || replied) {
			this.ran[index] = true;
			this.answered[index] = replied;
			this.last = Math.max(this.last, index);
		}
	}

	boolean mayHaveRun(int index) {
		return this.ran[index];
	}

	/**
	 * Find the commands that must not be sent again.
	 * @param again the commands that would be sent again, in their order
	 * @return those that would come too late
	 */
	Set<Integer> overtaken(List<Integer> again) {
		if (again.isEmpty() || this.last < again.get(0)) {
			return Set.of();
		}
		Set<Integer> sendable = new HashSet<>(again);
		boolean changed = true;
		while (changed) {
			changed = sendable.removeAll(lateAmong(sendable, again.get(0)));
		}
		Set<Integer> overtaken = new HashSet<>(again);
		overtaken.removeAll(sendable);
		return overtaken;
	}

	private Set<Integer> lateAmong(Set<Integer> sendable, int first) {
		Map<ByteBuffer, Integer> covers = covers(sendable);
		LaterRuns later = new LaterRuns();
		Set<Integer> late = new HashSet<>();
		for (int i = this.commands.size() - 1; i >= first; i--) {
			boolean candidate = sendable.contains(i);
			if (!candidate && !this.ran[i]) {
				continue;
			}
			Rerun rerun = rerun(i);
			boolean inTime = later.allow(rerun, i, covers);
			if (candidate && !inTime) {
				late.add(i);
			}
			if (this.ran[i]) {
				boolean again = candidate || (this.answered[i] && rerun.retryable());
				later.add(rerun.footprint(), again && inTime);
			}
		}
		return late;
	}

	// A key that is overwritten first is as if nothing had run.
	private Map<ByteBuffer, Integer> covers(Collection<Integer> sendable) {
		Map<ByteBuffer, Integer> covers = new HashMap<>();
		for (int index : sendable) {
			Rerun rerun = rerun(index);
			if (rerun.overwrites()) {
				rerun.footprint().written().forEach((key) -> covers.merge(key, index, Math::min));
			}
		}
		return covers;
	}

	/**
	 * Add the commands that must run again after others.
	 * @param again the commands that are sent again, in their order
	 * @return these and the later ones on their keys that have run, in their order
	 */
	List<Integer> withFollowers(List<Integer> again) {
		if (again.isEmpty() || this.last < again.get(0)) {
			return again;
		}
		TreeSet<Integer> all = new TreeSet<>(again);
		Set<ByteBuffer> changed = new HashSet<>();
		boolean anyChanged = false;
		for (int i = again.get(0); i <= Math.max(this.last, again.get(again.size() - 1)); i++) {
			boolean sent = all.contains(i);
			if (!sent && !this.ran[i]) {
				continue;
			}
			Footprint footprint = rerun(i).footprint();
			if (sent || footprint.touches(changed, anyChanged)) {
				all.add(i);
				changed.addAll(footprint.written());
				anyChanged |= footprint.anyKey() && footprint.writes();
			}
		}
		return new ArrayList<>(all);
	}

	private Rerun rerun(int index) {
		Rerun rerun = this.reruns[index];
		if (rerun == null) {
			rerun = Rerun.of(this.commands.get(index), this.now, this.atLeastOnce);
			this.reruns[index] = rerun;
		}
		return rerun;
	}

}
