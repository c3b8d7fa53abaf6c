package io.github.hotplate.topology;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.ClusterKeyword;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.pool.PooledConnection;

/**
 * What one node says about its cluster.
 *
 * @param asked the node
 * @param topology the topology as it sees it
 * @param state whether it sees a working cluster
 * @param epoch the number of the last election that it knows of, 0 if it does not say
 * @see <a href="https://redis.io/docs/latest/commands/cluster-info/">CLUSTER INFO</a>
 */
record ClusterView(HostAndPort asked, Topology topology, State state, long epoch) {

	private static final Pattern EPOCH = Pattern.compile("(?m)^cluster_current_epoch:(\\d+)");

	/**
	 * Ask a node.
	 * @param connection a connection to it
	 * @param known the topology known so far
	 * @param knownEpoch the epoch of the view that it is from
	 * @return its view; while its cluster is down and there was no election, with the
	 * known topology, because many clients ask often then, and slots are expensive to
	 * list
	 */
	static ClusterView of(PooledConnection connection, Topology known, long knownEpoch) {
		// In this order: an old epoch with new slots does no harm, but old slots with a
		// new epoch would be believed.
		String info = info(connection);
		State state = State.parse(info);
		Matcher matcher = EPOCH.matcher(info);
		long epoch = matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
		boolean news = state != State.DOWN || epoch > knownEpoch || known.coveredSlots() == 0;
		return new ClusterView(connection.address(), news ? slots(connection) : known, state, epoch);
	}

	private static Topology slots(PooledConnection connection) {
		return ClusterSlots.parse(connection.executeCommand(ClusterSlots.command()), connection.address().getHost());
	}

	private static String info(PooledConnection connection) {
		try {
			Object info = connection.executeCommand(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.INFO));
			return new String((byte[]) info, StandardCharsets.US_ASCII);
		}
		catch (JedisDataException ex) {
			// An ACL may forbid it.
			return "";
		}
	}

	/**
	 * Tell whether the view is of the same cluster as a topology. An address may have
	 * passed to a node of another cluster.
	 * @param other a topology
	 * @return whether they have a node in common, as far as nodes have IDs
	 */
	boolean isRelatedTo(Topology other) {
		Set<String> ids = ids(this.topology);
		Set<String> others = ids(other);
		return ids.isEmpty() || others.isEmpty() || ids.stream().anyMatch(others::contains);
	}

	private static Set<String> ids(Topology topology) {
		return topology.nodes().stream().map(Node::id).filter((id) -> !id.isEmpty()).collect(Collectors.toSet());
	}

	boolean agreesWith(ClusterView other) {
		return placement(this.topology).equals(placement(other.topology));
	}

	private static List<?> placement(Topology topology) {
		return topology.shards().stream().map((shard) -> List.of(shard.primary(), shard.slots())).toList();
	}

	/**
	 * Whether a node sees a working cluster, best first. A node that is cut off from most
	 * primaries does not.
	 */
	enum State {

		OK, UNKNOWN, DOWN;

		private static State parse(String info) {
			if (info.contains("cluster_state:ok")) {
				return OK;
			}
			return info.contains("cluster_state:fail") ? DOWN : UNKNOWN;
		}

	}

}
