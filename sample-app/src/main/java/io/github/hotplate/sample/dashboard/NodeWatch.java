package io.github.hotplate.sample.dashboard;

import java.util.List;

import org.springframework.dao.DataAccessException;

/**
 * Finds out how the nodes of a client are. Each mode has its own way.
 */
@FunctionalInterface
interface NodeWatch {

	/**
	 * Look at the nodes, which may take some seconds. Not for several threads at once.
	 * @return every node that was ever seen, dead ones included, without the connections
	 * to it
	 * @throws DataAccessException if no node answers
	 */
	List<NodeView> look();

}
