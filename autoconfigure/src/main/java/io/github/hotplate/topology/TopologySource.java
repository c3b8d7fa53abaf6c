package io.github.hotplate.topology;

import java.time.Duration;

import org.springframework.dao.DataAccessException;

import io.github.hotplate.command.KeySlots;

/**
 * Determines how the servers of a client work together: which keys belong together, and
 * which node holds them.
 */
public interface TopologySource extends AutoCloseable {

	/**
	 * Return which keys belong together.
	 * @return the slots of the topology
	 */
	KeySlots keySlots();

	/**
	 * Learn the topology, on the caller's thread. Never called by two threads at a time.
	 * @param known the topology known so far
	 * @return the topology now
	 * @throws DataAccessException if it cannot be learned
	 */
	Topology read(Topology known);

	/**
	 * Return the current topology without contacting a server. Called for every command.
	 * @param learned the topology as last learned
	 * @return that topology, or a newer one
	 */
	default Topology current(Topology learned) {
		return learned;
	}

	/**
	 * Return for how long the servers have been refusing all commands. Answered from
	 * memory.
	 * @return the time, zero if they did not when last asked
	 */
	default Duration outage() {
		return Duration.ZERO;
	}

	/**
	 * Start to listen for changes of the topology, if the source can announce them.
	 * @param refresh runs on any thread when the topology may have changed
	 */
	default void subscribe(Runnable refresh) {
	}

	@Override
	default void close() {
	}

}
