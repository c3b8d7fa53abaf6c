package io.github.hotplate.topology;

import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What a node tells about itself. Everything may be {@code null}: an ACL may forbid
 * {@code INFO}, and proxies and hosted servers leave parts of it out.
 *
 * @param server the product in lower case, such as {@code redis} or {@code valkey}
 * @param version its version, such as {@code 7.0.15}
 * @param zone its availability zone, which only Valkey 8 and later tell
 * @param replica whether it is a replica
 * @param link the state of a replica's link to its primary: {@code up}, {@code down}, or
 * {@code syncing} while it receives all data
 * @param silentSeconds time since a replica has heard of its primary, in seconds
 * @param offset how much of the stream of writes it has made or received, in bytes
 * @param replicas how many replicas are connected to a primary
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO</a>
 */
public record NodeStatus(@Nullable String server, @Nullable String version, @Nullable String zone,
		@Nullable Boolean replica, @Nullable String link, @Nullable Long silentSeconds, @Nullable Long offset,
		@Nullable Integer replicas) {

	static NodeStatus parse(String info) {
		Map<String, String> fields = info.lines()
			.map((line) -> line.split(":", 2))
			.filter((parts) -> parts.length == 2 && !parts[1].isBlank())
			.collect(Collectors.toMap((parts) -> parts[0], (parts) -> parts[1].strip(), (first, second) -> first));
		String valkey = fields.get("valkey_version");
		String version = (valkey != null) ? valkey : fields.get("redis_version");
		String role = fields.get("role");
		boolean replica = "slave".equals(role);
		return new NodeStatus((version != null) ? fields.getOrDefault("server_name", "redis") : null, version,
				fields.get("availability_zone"), (role != null) ? replica : null, replica ? link(fields) : null,
				replica ? number(fields.get("master_last_io_seconds_ago")) : null,
				number(fields.get(replica ? "slave_repl_offset" : "master_repl_offset")),
				replica ? null : toInt(number(fields.get("connected_slaves"))));
	}

	private static @Nullable String link(Map<String, String> fields) {
		return "1".equals(fields.get("master_sync_in_progress")) ? "syncing" : fields.get("master_link_status");
	}

	// Redis says -1 for what it does not know.
	private static @Nullable Long number(@Nullable String text) {
		return (text != null && text.matches("\\d{1,18}")) ? Long.valueOf(text) : null;
	}

	private static @Nullable Integer toInt(@Nullable Long number) {
		return (number != null) ? Math.toIntExact(Math.min(number, Integer.MAX_VALUE)) : null;
	}

}
