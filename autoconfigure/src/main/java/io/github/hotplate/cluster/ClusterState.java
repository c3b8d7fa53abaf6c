package io.github.hotplate.cluster;

import java.nio.charset.StandardCharsets;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * Whether a cluster takes commands, as one of its nodes sees it.
 *
 * @see <a href="https://redis.io/docs/latest/commands/cluster-info/">CLUSTER INFO</a>
 */
final class ClusterState {

	private ClusterState() {
	}

	static boolean isOk(PooledConnection connection) {
		Object info = connection.executeCommand(new CommandArguments(Command.CLUSTER).add("INFO"));
		return new String((byte[]) info, StandardCharsets.US_ASCII).contains("cluster_state:ok");
	}

}
