package io.github.hotplate.template;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Creates the template that an application injects for a client: one shared object that
 * delegates to a template for each request.
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
	 * Create a template that works in and outside of requests, on any thread.
	 * @return a template to share
	 */
	public MonitoredRedisTemplate createTemplate() {
		MonitoredRedisTemplate shared = createSharedTemplate();
		return WEB ? proxy(new RequestTemplateSource(this.client, shared)) : shared;
	}

	/**
	 * Create a template that is the same in all requests, on any thread.
	 * @return a template to share
	 */
	public MonitoredRedisTemplate createSharedTemplate() {
		return new MonitoredRedisTemplate(this.connectionFactory, new RequestDiagnostics(System::nanoTime));
	}

	private static MonitoredRedisTemplate proxy(RequestTemplateSource source) {
		ProxyFactory factory = new ProxyFactory();
		factory.setTargetSource(source);
		factory.setProxyTargetClass(true);
		factory.setFrozen(true);
		return (MonitoredRedisTemplate) factory.getProxy(MonitoredRedisTemplate.class.getClassLoader());
	}

}
