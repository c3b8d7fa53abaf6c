package io.github.hotplate.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.Assert;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.client.ClientWiring;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.hotkey.HotKeyNaming;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.pool.JedisClientCustomizer;
import io.github.hotplate.retry.RedisRetryTemplate;
import io.github.hotplate.sharding.ShardedRedisCluster;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.template.MonitoredRedisTemplate;

/**
 * The beans of one client: for {@code foo} the template {@code foo}, the connection
 * factory {@code fooConnectionFactory}, the executor {@code fooCommandExecutor}, the pool
 * {@code fooPool}, the tracker {@code fooHotKeys} and the retries
 * {@code fooRetryTemplate}; in sharded mode also the cluster {@code fooShards}.
 */
final class ClientBeans {

	/**
	 * The name under which Boot offers a template if there is no other of its type.
	 */
	private static final String BOOT_TEMPLATE = "stringRedisTemplate";

	private final ClientConfig config;

	private final ListableBeanFactory beanFactory;

	private final String name;

	private final String executorName;

	private final String connectionFactoryName;

	private final String shardsName;

	ClientBeans(ClientConfig config, ListableBeanFactory beanFactory) {
		this.config = config;
		this.beanFactory = beanFactory;
		this.name = config.name();
		this.executorName = this.name + "CommandExecutor";
		this.connectionFactoryName = this.name + "ConnectionFactory";
		this.shardsName = this.name + "Shards";
	}

	void register(BeanDefinitionRegistry registry, boolean primary) {
		register(registry, this.name + "Pool", ClusterPool.class, this::pool, primary);
		register(registry, this.name + "HotKeys", HotKeyTracker.class, this::hotKeys, primary);
		register(registry, this.executorName, CommandExecutorChain.class, this::executor, primary);
		register(registry, this.connectionFactoryName, MonitoredRedisConnectionFactory.class, this::connectionFactory,
				primary);
		register(registry, this.name + "RetryTemplate", RedisRetryTemplate.class,
				() -> new RedisRetryTemplate(this.config), primary);
		if (this.config.mode() == ClientMode.SHARDED) {
			register(registry, this.shardsName, ShardedRedisCluster.class, this::shards, primary);
		}
		boolean registered = register(registry, this.name, MonitoredRedisTemplate.class, this::template, primary);
		if (registered && primary && !registry.isBeanNameInUse(BOOT_TEMPLATE)) {
			registry.registerAlias(this.name, BOOT_TEMPLATE);
		}
	}

	private static <T> boolean register(BeanDefinitionRegistry registry, String name, Class<T> type,
			Supplier<T> supplier, boolean primary) {
		if (registry.containsBeanDefinition(name)) {
			return false;
		}
		BeanDefinitionBuilder definition = BeanDefinitionBuilder.rootBeanDefinition(type, supplier).setPrimary(primary);
		registry.registerBeanDefinition(name, definition.getBeanDefinition());
		return true;
	}

	private ClusterPool pool() {
		List<JedisClientCustomizer> customizers = new ArrayList<>();
		this.beanFactory.getBeanProvider(HostAndPortMapper.class)
			.ifAvailable((mapper) -> customizers.add((client, builder) -> builder.hostAndPortMapper(mapper)));
		this.beanFactory.getBeanProvider(JedisClientCustomizer.class).orderedStream().forEach(customizers::add);
		return ClusterPoolFactory.create(this.config, customizers, this.beanFactory.getBean(MonitoringFailures.class));
	}

	private ClientWiring wiring() {
		return wiring(this.name, this.beanFactory);
	}

	/**
	 * Return what makes the parts of a client. The pool is a bean and fetched for each
	 * part: Spring notes which bean asked for it, and destroys that bean before the pool.
	 * @param client the client's name
	 * @param beanFactory knows the pool
	 * @return the wiring around the client's pool
	 */
	static ClientWiring wiring(String client, BeanFactory beanFactory) {
		return new ClientWiring(beanFactory.getBean(client + "Pool", ClusterPool.class),
				beanFactory.getBean(MonitoringFailures.class));
	}

	/**
	 * Return the tracker of a client's hot keys.
	 * @param client the client's name
	 * @param beanFactory knows the tracker
	 * @return the tracker
	 */
	static HotKeyTracker hotKeys(String client, BeanFactory beanFactory) {
		return beanFactory.getBean(client + "HotKeys", HotKeyTracker.class);
	}

	private HotKeyTracker hotKeys() {
		return wiring().hotKeys(this.beanFactory.getBeanProvider(HotKeyNaming.class).getIfAvailable());
	}

	private CommandExecutorChain executor() {
		List<MethodInterceptor> advice = this.beanFactory.getBeanProvider(CommandAdviceFactory.class)
			.orderedStream()
			.map((factory) -> factory.adviceFor(this.config))
			.filter(Objects::nonNull)
			.toList();
		return wiring().executor(advice);
	}

	private MonitoredRedisConnectionFactory connectionFactory() {
		return wiring().connectionFactory(this.beanFactory.getBean(this.executorName, CommandExecutor.class));
	}

	private ShardedRedisCluster shards() {
		Object factory = this.beanFactory.getBean(this.connectionFactoryName);
		Assert.state(factory instanceof MonitoredRedisConnectionFactory,
				() -> "Bean '" + this.connectionFactoryName + "' must be a "
						+ MonitoredRedisConnectionFactory.class.getSimpleName() + " for '" + this.shardsName
						+ "' to use it, and is a " + factory.getClass().getName() + ": rename it, or declare a bean '"
						+ this.shardsName + "' of your own");
		return wiring().shards((MonitoredRedisConnectionFactory) factory);
	}

	private MonitoredRedisTemplate template() {
		return wiring().template(this.beanFactory.getBean(this.connectionFactoryName, RedisConnectionFactory.class));
	}

}
