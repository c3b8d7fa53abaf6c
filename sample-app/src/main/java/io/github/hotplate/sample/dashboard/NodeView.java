package io.github.hotplate.sample.dashboard;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.pool.PoolUsage;
import io.github.hotplate.topology.SlotRange;

/**
 * A node and the connections that the client has to it.
 *
 * @param id what tells the node from others
 * @param host its host
 * @param port its port
 * @param role primary or replica
 * @param primaryId the node that it replicates, if it is a replica
 * @param slots the slots of a Redis Cluster that it serves
 * @param formerSlots the slots that it served last, if it serves none now; a primary that
 * died loses them to the replica that takes over
 * @param state whether it is alive
 * @param secondsToProbe time until an ejected node is probed, or null if unknown
 * @param active connections that run a command
 * @param idle open connections that wait for one
 */
record NodeView(String id, String host, int port, Role role, @Nullable String primaryId, List<SlotRange> slots,
		List<SlotRange> formerSlots, NodeState state, @Nullable Long secondsToProbe, int active, int idle) {

	/**
	 * Create a primary that has no slots, with no connections to it.
	 * @param host its host
	 * @param port its port
	 * @param state whether it is alive
	 * @return the node
	 */
	static NodeView primary(String host, int port, NodeState state) {
		return new NodeView(host + ":" + port, host, port, Role.PRIMARY, null, List.of(), List.of(), state, null, 0, 0);
	}

	NodeView replicaOf(NodeView primary) {
		return new NodeView(this.id, this.host, this.port, Role.REPLICA, primary.id, this.slots, this.formerSlots,
				this.state, this.secondsToProbe, this.active, this.idle);
	}

	NodeView probedIn(Duration remaining) {
		return new NodeView(this.id, this.host, this.port, this.role, this.primaryId, this.slots, this.formerSlots,
				this.state, (remaining.toMillis() + 999) / 1000, this.active, this.idle);
	}

	NodeView with(PoolUsage usage) {
		return new NodeView(this.id, this.host, this.port, this.role, this.primaryId, this.slots, this.formerSlots,
				this.state, this.secondsToProbe, usage.active(), usage.idle());
	}

	enum Role {

		PRIMARY, REPLICA

	}

}
