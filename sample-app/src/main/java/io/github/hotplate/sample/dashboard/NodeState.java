package io.github.hotplate.sample.dashboard;

import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisClusterNode.Flag;

/**
 * Whether a node is alive, in the eyes of the node that was asked.
 */
enum NodeState {

	UP, SUSPECTED, DOWN;

	static NodeState of(RedisClusterNode node) {
		if (node.getFlags().contains(Flag.FAIL)) {
			return DOWN;
		}
		boolean silent = !node.isConnected() && !node.getFlags().contains(Flag.MYSELF);
		return (silent || node.getFlags().contains(Flag.PFAIL)) ? SUSPECTED : UP;
	}

}
