package io.github.hotplate.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Promotes one replica of a cluster.
 */
final class ManualFailover {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	/**
	 * A replica that has stood for election within the last four node timeouts doesn't
	 * stand again, and says so nowhere; meanwhile its primary holds all writes, up to
	 * five seconds. An election takes less than this, so a replica that needs longer
	 * takes over without one.
	 */
	private static final Duration ELECTION = Duration.ofMillis(1_500);

	private final List<RedisNode> nodes;

	private final RedisNode replica;

	private final RedisNode former;

	private @Nullable Instant requested;

	private boolean takenOver;

	ManualFailover(List<RedisNode> nodes, RedisNode replica) {
		ReplicationRole role = ReplicationRole.of(replica);
		this.nodes = nodes;
		this.replica = replica;
		this.former = nodes.stream()
			.filter((node) -> node.announcedPort() == role.primaryPort())
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(replica + " is a primary already"));
	}

	void run() {
		Await.until("the promotion of " + this.replica, TIMEOUT, this::obstacle);
	}

	private @Nullable String obstacle() {
		ReplicationRole role = ReplicationRole.of(this.replica);
		if (!role.isPrimary()) {
			return request(role.linked());
		}
		return this.nodes.stream()
			.filter(RedisNode::isRunning)
			.map(this::ignorance)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private String request(boolean linked) {
		if (this.former.isRunning() && !linked) {
			return "it has no link to its primary";
		}
		if (this.requested == null) {
			this.requested = Instant.now();
			if (this.former.isRunning()) {
				this.replica.execute("CLUSTER", "FAILOVER");
			}
			else {
				this.replica.execute("CLUSTER", "FAILOVER", "FORCE");
			}
		}
		else if (!this.takenOver && Instant.now().isAfter(this.requested.plus(ELECTION))) {
			this.takenOver = true;
			this.replica.execute("CLUSTER", "FAILOVER", "TAKEOVER");
		}
		return "it is still a replica";
	}

	private @Nullable String ignorance(RedisNode node) {
		if (!SlotMap.of(node).isPrimary(this.replica.announcedPort())) {
			return node + " has not heard of it";
		}
		if (this.former.isRunning() && !ClusterReplicas.of(this.replica, node, this.nodes).contains(this.former)) {
			return node + " has not heard that " + this.former + " follows it";
		}
		return null;
	}

}
