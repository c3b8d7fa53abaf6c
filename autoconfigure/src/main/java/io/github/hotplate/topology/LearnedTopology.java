package io.github.hotplate.topology;

import java.util.function.Supplier;

/**
 * The topology as last learned, initially empty. Thread-safe.
 */
public final class LearnedTopology implements Supplier<Topology> {

	private volatile Topology topology = Topology.EMPTY;

	@Override
	public Topology get() {
		return this.topology;
	}

	void set(Topology topology) {
		this.topology = topology;
	}

}
