package io.github.hotplate.topology;

import org.springframework.dao.DataAccessException;

import io.github.hotplate.command.KeySlots;

/**
 * Knows how the servers of a client work together: which keys belong together, and which
 * node has them.
 */
public interface TopologySource extends AutoCloseable {

	/**
	 * Return which keys belong together.
	 * @return the slots that the topology speaks of
	 */
	KeySlots keySlots();

	/**
	 * Learn the topology, on the caller's thread.
	 * @param known the topology known so far
	 * @return the topology now
	 * @throws DataAccessException if it cannot be learnt
	 */
	Topology read(Topology known);

	/**
	 * Return the topology of this moment, without asking anybody. On the way of every
	 * command.
	 * @param learnt the topology that was learnt last
	 * @return that one, or a newer one
	 */
	default Topology current(Topology learnt) {
		return learnt;
	}

	/**
	 * Begin to listen for news of the topology, where there is somebody who has them.
	 * @param refresh is told on any thread that the topology may have changed
	 */
	default void subscribe(Runnable refresh) {
	}

	@Override
	default void close() {
	}

}
