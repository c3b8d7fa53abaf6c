package io.github.hotplate.test;

import java.util.List;

/**
 * A data node's part in replication, as it answers {@code ROLE}.
 *
 * @param primaryPort the port of the primary it follows, or {@value #NONE} for a primary
 * @param linked whether the link to that primary is up; {@code true} for a primary
 * @param replicas how many replicas follow it
 */
record ReplicationRole(int primaryPort, boolean linked, int replicas) {

	private static final int NONE = 0;

	static ReplicationRole of(RedisNode node) {
		try (NodeConnection connection = node.connect()) {
			return of(connection);
		}
	}

	static ReplicationRole of(NodeConnection connection) {
		return parse(connection.executeForList("ROLE"));
	}

	static ReplicationRole parse(List<?> reply) {
		if ("slave".equals(reply.get(0))) {
			return new ReplicationRole(Math.toIntExact((Long) reply.get(2)), "connected".equals(reply.get(3)), 0);
		}
		return new ReplicationRole(NONE, true, ((List<?>) reply.get(2)).size());
	}

	boolean isPrimary() {
		return this.primaryPort == NONE;
	}

}
