package io.github.hotplate.topology;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.ClusterKeyword;
import redis.clients.jedis.Protocol.Command;

/**
 * Reads a topology from the reply to {@code CLUSTER SLOTS}.
 *
 * @see <a href="https://redis.io/docs/latest/commands/cluster-slots/">CLUSTER SLOTS</a>
 */
public final class ClusterSlots {

	private static final String UNKNOWN_HOST = "?";

	private ClusterSlots() {
	}

	static CommandArguments command() {
		return new CommandArguments(Command.CLUSTER).add(ClusterKeyword.SLOTS);
	}

	/**
	 * Read the reply. Nodes under an unknown host are left out.
	 * @param reply the reply of a node
	 * @param asked the host that was asked, used for a node that announces none
	 * @return the topology as that node sees it
	 */
	static Topology parse(Object reply, String asked) {
		Map<Node, List<SlotRange>> slots = new LinkedHashMap<>();
		Map<Node, List<Node>> replicas = new LinkedHashMap<>();
		for (Object element : (List<?>) reply) {
			List<?> entry = (List<?>) element;
			Node primary = node((List<?>) entry.get(2), asked);
			if (primary == null) {
				continue;
			}
			slots.computeIfAbsent(primary, (key) -> new ArrayList<>())
				.add(new SlotRange(((Long) entry.get(0)).intValue(), ((Long) entry.get(1)).intValue()));
			replicas.putIfAbsent(primary,
					entry.stream()
						.skip(3)
						.map((node) -> node((List<?>) node, asked))
						.filter(Objects::nonNull)
						.toList());
		}
		return new Topology(slots.entrySet()
			.stream()
			.map((entry) -> new Shard(entry.getValue(), entry.getKey(),
					replicas.getOrDefault(entry.getKey(), List.of())))
			.toList());
	}

	private static @Nullable Node node(List<?> node, String asked) {
		String host = host(node, asked);
		String id = (node.size() > 2) ? text(node.get(2)) : "";
		return (host != null) ? new Node(id, host, ((Long) node.get(1)).intValue()) : null;
	}

	// A node that prefers a host name and has none yet is "?", and one that has not met
	// the others does not know its address either.
	private static @Nullable String host(List<?> node, String asked) {
		String host = (node.get(0) != null) ? text(node.get(0)) : "";
		if (!UNKNOWN_HOST.equals(host)) {
			return host.isEmpty() ? asked : host;
		}
		Map<String, String> others = (node.size() > 3) ? BuilderFactory.STRING_MAP.build(node.get(3)) : Map.of();
		return Stream.of("ip", "hostname").map(others::get).filter(StringUtils::hasText).findFirst().orElse(null);
	}

	/**
	 * Tell whether a node announces its host. If not, Redis reports {@code ""} or
	 * {@code "?"}, which stands for the host that was asked.
	 * @param host the reported host
	 * @return whether it is announced
	 */
	public static boolean isAnnounced(String host) {
		return !host.isEmpty() && !UNKNOWN_HOST.equals(host);
	}

	private static String text(Object value) {
		return new String((byte[]) value, StandardCharsets.UTF_8);
	}

}
