package io.github.hotplate.template;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.hotplate.activity.ClientActivity;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;

/**
 * Creates the template that an application injects for a client: one object that counts
 * the commands of each request.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">
 * baseplate's ClusterRedisContextFactory</a>
 */
public final class ClusterRedisContextFactory {

	private final RedisConnectionFactory connectionFactory;

	private final ClientActivity activity;

	/**
	 * Create a factory.
	 * @param client the name of the client
	 * @param connectionFactory creates the connections of the client
	 */
	public ClusterRedisContextFactory(String client, RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
		// An application's own connection factory can be used, but not observed.
		this.activity = (connectionFactory instanceof MonitoredRedisConnectionFactory monitored) ? monitored.activity()
				: new ClientActivity(client, true);
	}

	/**
	 * Create a template that counts the commands of each request. It works in and outside
	 * of requests, on any thread.
	 * @return a template to share
	 */
	public MonitoredRedisTemplate createTemplate() {
		return new MonitoredRedisTemplate(this.connectionFactory, this.activity);
	}

	/**
	 * Create a template as {@link #createTemplate()} does, which is injected by type.
	 * @return a template to share
	 */
	public PrimaryRedisTemplate createPrimaryTemplate() {
		return new PrimaryRedisTemplate(this.connectionFactory, this.activity);
	}

}
