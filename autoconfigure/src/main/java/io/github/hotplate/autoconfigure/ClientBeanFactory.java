package io.github.hotplate.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.activity.SlowCalls;
import io.github.hotplate.activity.TraceIds;
import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.client.ClientWiring;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.config.RequestConfig;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.connection.PrimaryConnectionFactory;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.hotkey.HotKeyNaming;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.pool.JedisClientCustomizer;
import io.github.hotplate.retry.RedisRetryTemplate;
import io.github.hotplate.sharding.ShardedRedisCluster;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.template.ClusterRedisContextFactory;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.template.PrimaryRedisTemplate;

/**
 * Makes the beans of a client. Spring calls the methods with the client's name and the
 * beans that each is made of, which may be an application's own, and destroys each bean
 * before those.
 */
final class ClientBeanFactory {

	private ClientBeanFactory() {
	}

	static ClusterPool pool(String client, Environment environment, ListableBeanFactory beanFactory) {
		List<JedisClientCustomizer> customizers = new ArrayList<>();
		beanFactory.getBeanProvider(HostAndPortMapper.class)
			.ifAvailable((mapper) -> customizers.add((name, builder) -> builder.hostAndPortMapper(mapper)));
		beanFactory.getBeanProvider(JedisClientCustomizer.class).orderedStream().forEach(customizers::add);
		return ClusterPoolFactory.create(config(client, environment), customizers,
				RequestConfig.of(environment).enabled(), beanFactory.getBean(MonitoringFailures.class));
	}

	static HotKeyTracker hotKeys(String client, Object pool, ListableBeanFactory beanFactory) {
		return wiring(client, ClientBeans.HOT_KEYS, pool, beanFactory)
			.hotKeys(beanFactory.getBeanProvider(HotKeyNaming.class).getIfAvailable());
	}

	static SlowCalls slowCalls(String client, Environment environment, ListableBeanFactory beanFactory) {
		return new SlowCalls(config(client, environment),
				beanFactory.getBeanProvider(HotKeyNaming.class).getIfAvailable(),
				beanFactory.getBeanProvider(TraceIds.class).getIfAvailable(() -> TraceIds.NONE),
				beanFactory.getBean(MonitoringFailures.class));
	}

	static CommandExecutorChain commandExecutor(String client, Object pool, Environment environment,
			ListableBeanFactory beanFactory) {
		ClientConfig config = config(client, environment);
		List<MethodInterceptor> advice = beanFactory.getBeanProvider(CommandAdviceFactory.class)
			.orderedStream()
			.map((factory) -> factory.adviceFor(config))
			.filter(Objects::nonNull)
			.toList();
		return wiring(client, ClientBeans.EXECUTOR, pool, beanFactory).executor(advice);
	}

	static MonitoredRedisConnectionFactory connectionFactory(String client, Object pool, Object executor,
			BeanFactory beanFactory) {
		return wiring(client, ClientBeans.CONNECTION_FACTORY, pool, beanFactory)
			.connectionFactory(executor(client, executor));
	}

	static PrimaryConnectionFactory primaryConnectionFactory(String client, Object pool, Object executor,
			BeanFactory beanFactory) {
		return wiring(client, ClientBeans.CONNECTION_FACTORY, pool, beanFactory)
			.primaryConnectionFactory(executor(client, executor));
	}

	private static CommandExecutor executor(String client, Object executor) {
		return use(executor, CommandExecutor.class, client + ClientBeans.EXECUTOR,
				client + ClientBeans.CONNECTION_FACTORY);
	}

	static RedisRetryTemplate retryTemplate(String client, Environment environment) {
		return new RedisRetryTemplate(config(client, environment));
	}

	static ShardedRedisCluster shards(String client, Object pool, Object connectionFactory, BeanFactory beanFactory) {
		return wiring(client, ClientBeans.SHARDS, pool, beanFactory)
			.shards(use(connectionFactory, MonitoredRedisConnectionFactory.class,
					client + ClientBeans.CONNECTION_FACTORY, client + ClientBeans.SHARDS));
	}

	static MonitoredRedisTemplate template(String client, Object connectionFactory) {
		return templates(client, connectionFactory).createTemplate();
	}

	static PrimaryRedisTemplate primaryTemplate(String client, Object connectionFactory) {
		return templates(client, connectionFactory).createPrimaryTemplate();
	}

	private static ClusterRedisContextFactory templates(String client, Object connectionFactory) {
		return new ClusterRedisContextFactory(client,
				use(connectionFactory, RedisConnectionFactory.class, client + ClientBeans.CONNECTION_FACTORY, client));
	}

	private static ClientConfig config(String client, Environment environment) {
		return new ClientConfigReader(environment).read(client + ".");
	}

	/**
	 * Return what makes the parts of a client.
	 * @param client the client's name
	 * @param user the bean that is made, for an error message
	 * @param beanFactory knows the pool
	 * @return the wiring around the client's pool
	 */
	static ClientWiring wiring(String client, String user, BeanFactory beanFactory) {
		return new ClientWiring(
				use(beanFactory.getBean(client + ClientBeans.POOL), ClusterPool.class, client + ClientBeans.POOL, user),
				beanFactory.getBean(MonitoringFailures.class));
	}

	private static ClientWiring wiring(String client, String suffix, Object pool, BeanFactory beanFactory) {
		return new ClientWiring(use(pool, ClusterPool.class, client + ClientBeans.POOL, client + suffix),
				beanFactory.getBean(MonitoringFailures.class));
	}

	/**
	 * Return the tracker of a client's hot keys.
	 * @param client the client's name
	 * @param user the bean that is made, for an error message
	 * @param beanFactory knows the tracker
	 * @return the tracker
	 */
	static HotKeyTracker trackerOf(String client, String user, BeanFactory beanFactory) {
		String name = client + ClientBeans.HOT_KEYS;
		return use(beanFactory.getBean(name), HotKeyTracker.class, name, user);
	}

	/**
	 * Return what keeps the slow calls of a client.
	 * @param client the client's name
	 * @param user the bean that is made, for an error message
	 * @param beanFactory knows the slow calls
	 * @return the slow calls
	 */
	static SlowCalls slowCallsOf(String client, String user, BeanFactory beanFactory) {
		String name = client + ClientBeans.SLOW_CALLS;
		return use(beanFactory.getBean(name), SlowCalls.class, name, user);
	}

	private static <T> T use(@Nullable Object bean, Class<T> type, String name, String user) {
		if (!type.isInstance(bean)) {
			throw new UnusableBeanException(name, type, user, bean);
		}
		return type.cast(bean);
	}

}
