package io.github.hotplate.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.github.hotplate.client.ClusterPool;

/**
 * The health of one client, in the place of Boot's own indicator. That one sends a
 * command, which waits for retries while Redis is down and for the end of each failover.
 *
 * @since 0.1.0
 * @see RedisNodesHealthIndicator
 */
public final class RedisClientHealthIndicator extends AbstractHealthIndicator {

	private final ClusterPool pool;

	/**
	 * Create the indicator.
	 * @param pool the pool of the client
	 */
	public RedisClientHealthIndicator(ClusterPool pool) {
		super("The state of the nodes is unknown");
		this.pool = pool;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ClientHealth health = ClientHealth.of(this.pool, RedisNodesHealthIndicator.GRACE);
		(health.up() ? builder.up() : builder.down()).withDetails(health.details())
			.withDetails(ClientHealth.ofCluster(this.pool));
	}

}
