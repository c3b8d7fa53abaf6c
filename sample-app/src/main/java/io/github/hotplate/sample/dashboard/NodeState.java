package io.github.hotplate.sample.dashboard;

import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisClusterNode.Flag;

/**
 * Whether a node is alive, as far as the observer knows.
 */
enum NodeState {

	/**
	 * In use, and well.
	 */
	UP,

	/**
	 * In use, although it does not answer.
	 */
	SUSPECTED,

	/**
	 * Alive for all one knows, but not in use.
	 */
	EJECTED,

	/**
	 * Given up.
	 */
	DOWN;

	static NodeState of(RedisClusterNode node) {
		if (node.getFlags().contains(Flag.FAIL)) {
			return DOWN;
		}
		boolean silent = !node.isConnected() && !node.getFlags().contains(Flag.MYSELF);
		return (silent || node.getFlags().contains(Flag.PFAIL)) ? SUSPECTED : UP;
	}

	static NodeState of(boolean inUse, boolean answers) {
		if (inUse) {
			return answers ? UP : SUSPECTED;
		}
		return answers ? EJECTED : DOWN;
	}

}
