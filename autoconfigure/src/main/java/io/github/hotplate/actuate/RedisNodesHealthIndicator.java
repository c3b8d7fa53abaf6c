package io.github.hotplate.actuate;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.github.hotplate.client.ClusterPool;

/**
 * The health of the nodes of all clients. It waits for nothing: the clients know the
 * state of their nodes. It is up unless a client has never reached its Redis, or none of
 * its nodes has answered for longer than a failover takes, since a failover is no reason
 * to take the application out of service.
 *
 * @since 0.1.0
 */
public final class RedisNodesHealthIndicator extends AbstractHealthIndicator {

	/**
	 * Time for a single server to restart, or for another one to take over its name.
	 */
	static final Duration GRACE = Duration.ofSeconds(5);

	private final Supplier<? extends Collection<ClusterPool>> pools;

	private final Duration grace;

	/**
	 * Create the indicator. A client may be silent for 5 seconds.
	 * @param pools gives the pools of all clients
	 */
	public RedisNodesHealthIndicator(Supplier<? extends Collection<ClusterPool>> pools) {
		this(pools, GRACE);
	}

	/**
	 * Create the indicator.
	 * @param pools gives the pools of all clients
	 * @param grace how long a client may get no answer from any node before it is down
	 */
	public RedisNodesHealthIndicator(Supplier<? extends Collection<ClusterPool>> pools, Duration grace) {
		super("The state of the nodes is unknown");
		this.pools = pools;
		this.grace = grace;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		this.pools.get().forEach((pool) -> add(pool, builder));
	}

	private void add(ClusterPool pool, Health.Builder builder) {
		ClientHealth health = ClientHealth.of(pool, this.grace);
		if (!health.up()) {
			builder.down();
		}
		builder.withDetail(pool.name(), health.details());
	}

}
