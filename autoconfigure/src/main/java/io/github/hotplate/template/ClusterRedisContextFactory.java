package io.github.hotplate.template;

import java.util.function.Supplier;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.ClassUtils;

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

	private static final boolean WEB = ClassUtils.isPresent(
			"org.springframework.web.context.request.RequestContextHolder",
			ClusterRedisContextFactory.class.getClassLoader());

	private final String client;

	private final RedisConnectionFactory connectionFactory;

	/**
	 * Create a factory.
	 * @param client the name of the client
	 * @param connectionFactory creates the connections of the client
	 */
	public ClusterRedisContextFactory(String client, RedisConnectionFactory connectionFactory) {
		this.client = client;
		this.connectionFactory = connectionFactory;
	}

	/**
	 * Create a template that counts the commands of each request. It works in and outside
	 * of requests, on any thread.
	 * @return a template to share
	 */
	public MonitoredRedisTemplate createTemplate() {
		return new MonitoredRedisTemplate(this.connectionFactory, diagnostics());
	}

	/**
	 * Create a template as {@link #createTemplate()} does, which is injected by type.
	 * @return a template to share
	 */
	public PrimaryRedisTemplate createPrimaryTemplate() {
		return new PrimaryRedisTemplate(this.connectionFactory, diagnostics());
	}

	private Supplier<RequestDiagnostics> diagnostics() {
		return WEB ? new RequestScopedDiagnostics(this.client) : shared();
	}

	/**
	 * Create a template that does not tell requests apart.
	 * @return a template to share
	 */
	public MonitoredRedisTemplate createSharedTemplate() {
		return new MonitoredRedisTemplate(this.connectionFactory, shared());
	}

	private static Supplier<RequestDiagnostics> shared() {
		RequestDiagnostics diagnostics = new RequestDiagnostics(System::nanoTime);
		return () -> diagnostics;
	}

}
