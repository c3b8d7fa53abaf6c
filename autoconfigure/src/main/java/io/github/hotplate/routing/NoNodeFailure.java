package io.github.hotplate.routing;

import org.springframework.dao.DataAccessException;

import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.penalty.ClusterEmptyException;
import io.github.hotplate.topology.Topology;

/**
 * The exception for a command that no node serves.
 */
public final class NoNodeFailure {

	private NoNodeFailure() {
	}

	/**
	 * Return the exception for a topology that has no node for a command.
	 * @param client the name of the client
	 * @param topology the topology
	 * @param reason why there is no node, unless all are ejected
	 * @return the exception to throw
	 */
	public static DataAccessException of(String client, Topology topology, String reason) {
		return topology.isEveryNodeEjected() ? new ClusterEmptyException(client)
				: new ClusterDownException(reason, null);
	}

}
