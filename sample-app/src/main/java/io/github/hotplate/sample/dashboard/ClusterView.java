package io.github.hotplate.sample.dashboard;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.cluster.SlotRange;

/**
 * The cluster as the page draws it.
 *
 * @param name the client's name
 * @param maxConnections the most connections the client may have in all
 * @param nodes every node that the cluster knows, dead ones included
 * @param problem why the nodes are those of an earlier moment, or null if they are not
 */
record ClusterView(String name, int maxConnections, List<Node> nodes, @Nullable String problem) {

	/**
	 * A node and the connections that the client has to it.
	 *
	 * @param id the node's identifier in the cluster
	 * @param host its host
	 * @param port its port
	 * @param role primary or replica
	 * @param primaryId the node that it replicates, if it is a replica
	 * @param slots the slots that it serves
	 * @param formerSlots the slots that it served last, if it serves none now; a primary
	 * that died loses them to the replica that takes over
	 * @param state whether it is alive
	 * @param active connections that run a command
	 * @param idle open connections that wait for one
	 */
	record Node(String id, String host, int port, Role role, @Nullable String primaryId, List<SlotRange> slots,
			List<SlotRange> formerSlots, NodeState state, int active, int idle) {

	}

	enum Role {

		PRIMARY, REPLICA

	}

}
