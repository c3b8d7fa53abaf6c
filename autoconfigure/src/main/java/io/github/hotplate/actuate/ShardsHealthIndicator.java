package io.github.hotplate.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.github.hotplate.sharding.ActiveShards;
import io.github.hotplate.sharding.Penalty;
import io.github.hotplate.sharding.PenaltyBox;

/**
 * The health of sharded clients: up while each has a server in use. Asks nobody, since
 * the penalty boxes know.
 *
 * @since 0.1.0
 */
public final class ShardsHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<Map<String, PenaltyBox>> boxes;

	/**
	 * Create the indicator.
	 * @param boxes gives the penalty boxes of all sharded clients, by client
	 */
	public ShardsHealthIndicator(Supplier<Map<String, PenaltyBox>> boxes) {
		super("The state of the shards is not known");
		this.boxes = boxes;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		new TreeMap<>(this.boxes.get()).forEach((client, box) -> {
			ActiveShards active = box.active();
			if (active.activeCount() == 0) {
				builder.down();
			}
			builder.withDetail(client, details(active, box));
		});
	}

	private static Map<String, Object> details(ActiveShards active, PenaltyBox box) {
		Map<String, String> leftOut = new LinkedHashMap<>();
		for (Penalty penalty : box.penalties()) {
			leftOut.put(penalty.node().toString(), "probed in " + penalty.remaining().toMillis() + " ms");
		}
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("nodes", active.nodes().size());
		details.put("inUse", active.activeCount());
		details.put("leftOut", leftOut);
		return details;
	}

}
