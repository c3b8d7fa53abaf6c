package io.github.hotplate.topology;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.ClusterKeyword;
import redis.clients.jedis.Protocol.Command;

/**
 * Reads a topology from the reply to {@code CLUSTER SLOTS}.
 *
 * @see <a href="https://redis.io/docs/latest/commands/cluster-slots/">CLUSTER SLOTS</a>
 */
public final class ClusterSlots {

	private ClusterSlots() {
	}

	static CommandArguments command() {
		return new CommandArguments(Command.CLUSTER).add(ClusterKeyword.SLOTS);
	}

	/**
	 * Read the reply.
	 * @param reply the reply of a node
	 * @param asked the host that was asked, used for a node that announces none
	 * @return the topology as that node sees it
	 */
	static Topology parse(Object reply, String asked) {
		Map<Node, List<SlotRange>> slots = new LinkedHashMap<>();
		Map<Node, List<Node>> replicas = new LinkedHashMap<>();
		for (Object element : (List<?>) reply) {
			List<?> entry = (List<?>) element;
			List<Node> nodes = entry.stream().skip(2).map((node) -> node((List<?>) node, asked)).toList();
			Node primary = nodes.get(0);
			slots.computeIfAbsent(primary, (key) -> new ArrayList<>())
				.add(new SlotRange(((Long) entry.get(0)).intValue(), ((Long) entry.get(1)).intValue()));
			replicas.putIfAbsent(primary, nodes.subList(1, nodes.size()));
		}
		return new Topology(slots.entrySet()
			.stream()
			.map((entry) -> new Shard(entry.getValue(), entry.getKey(),
					replicas.getOrDefault(entry.getKey(), List.of())))
			.toList());
	}

	private static Node node(List<?> node, String asked) {
		String host = (node.get(0) != null) ? text(node.get(0)) : "";
		String id = (node.size() > 2) ? text(node.get(2)) : "";
		return new Node(id, isAnnounced(host) ? host : asked, ((Long) node.get(1)).intValue());
	}

	/**
	 * Tell whether a node announces its host. If not, Redis reports {@code ""} or
	 * {@code "?"}, which stands for the host that was asked.
	 * @param host the reported host
	 * @return whether it is announced
	 */
	public static boolean isAnnounced(String host) {
		return !host.isEmpty() && !"?".equals(host);
	}

	private static String text(Object value) {
		return new String((byte[]) value, StandardCharsets.UTF_8);
	}

}
