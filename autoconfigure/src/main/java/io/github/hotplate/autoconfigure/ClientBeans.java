package io.github.hotplate.autoconfigure;

import java.util.Arrays;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientMode;

/**
 * The beans of one client: for {@code foo} the template {@code foo}, the connection
 * factory {@code fooConnectionFactory}, the executor {@code fooCommandExecutor}, the pool
 * {@code fooPool}, the tracker {@code fooHotKeys}, the slow calls {@code fooSlowCalls}
 * and the retries {@code fooRetryTemplate}; in sharded mode also the cluster
 * {@code fooShards}. Each is made of those that the bean factory knows by these names, be
 * they ours or the application's.
 */
final class ClientBeans {

	static final String POOL = "Pool";

	static final String HOT_KEYS = "HotKeys";

	static final String SLOW_CALLS = "SlowCalls";

	static final String EXECUTOR = "CommandExecutor";

	static final String CONNECTION_FACTORY = "ConnectionFactory";

	static final String RETRY_TEMPLATE = "RetryTemplate";

	static final String SHARDS = "Shards";

	/**
	 * The attribute of our definitions, which holds the client's name.
	 */
	static final String CLIENT = ClientBeans.class.getName() + ".client";

	/**
	 * The attribute of definitions whose beans are injected by priority instead of as
	 * primary.
	 */
	static final String BY_PRIORITY = ClientBeans.class.getName() + ".byPriority";

	/**
	 * The attribute of an application's definitions that replace ours, and are injected
	 * by priority like those.
	 */
	static final String REPLACEMENT = ClientBeans.class.getName() + ".replacement";

	/**
	 * The attribute of the definition whose template also has the name of Boot's.
	 */
	static final String BOOT_NAME = ClientBeans.class.getName() + ".bootName";

	private static final Logger logger = LoggerFactory.getLogger(ClientBeans.class);

	private final ClientConfig config;

	private final String name;

	private final ConfigurableListableBeanFactory beanFactory;

	private final BeanDefinitionRegistry registry;

	ClientBeans(ClientConfig config, ConfigurableListableBeanFactory beanFactory, BeanDefinitionRegistry registry) {
		this.config = config;
		this.name = config.name();
		this.beanFactory = beanFactory;
		this.registry = registry;
	}

	/**
	 * Register the beans.
	 * @param primary whether the template and the connection factory are injected by type
	 * @param single whether there is no other client, so that its other beans are
	 * injected by type as well
	 */
	void register(boolean primary, boolean single) {
		register(POOL, "pool").setPrimary(single);
		register(HOT_KEYS, "hotKeys", POOL).setPrimary(single);
		register(SLOW_CALLS, "slowCalls").setPrimary(single);
		register(EXECUTOR, "commandExecutor", POOL).setPrimary(single);
		register(RETRY_TEMPLATE, "retryTemplate").setPrimary(single);
		if (this.config.mode() == ClientMode.SHARDED) {
			register(SHARDS, "shards", POOL, CONNECTION_FACTORY).setPrimary(single);
		}
		if (primary) {
			byPriority(register(CONNECTION_FACTORY, "primaryConnectionFactory", POOL, EXECUTOR),
					RedisConnectionFactory.class);
			registerPrimaryTemplate(single).setAttribute(BOOT_NAME, true);
			if (!single) {
				replacementByPriority(CONNECTION_FACTORY, RedisConnectionFactory.class);
				replacementByPriority("", RedisOperations.class);
			}
		}
		else {
			register(CONNECTION_FACTORY, "connectionFactory", POOL, EXECUTOR);
			register("", "template", CONNECTION_FACTORY);
		}
		warnOfOtherTemplate();
	}

	// The only StringRedisTemplate needs no priority, which would also have it injected
	// as a raw RedisTemplate of another name. Boot alone reports that as ambiguous.
	private BeanDefinition registerPrimaryTemplate(boolean single) {
		boolean only = single
				&& this.beanFactory.getBeanNamesForType(StringRedisTemplate.class, true, false).length == 0;
		if (only) {
			return register("", "template", CONNECTION_FACTORY);
		}
		return byPriority(register("", "primaryTemplate", CONNECTION_FACTORY), RedisOperations.class);
	}

	private BeanDefinition byPriority(BeanDefinition definition, Class<?> type) {
		definition.setAttribute(BY_PRIORITY, true);
		definition.setPrimary(!hasPrimary(this.beanFactory, type));
		return definition;
	}

	private void replacementByPriority(String suffix, Class<?> type) {
		String bean = this.name + suffix;
		if (!this.registry.containsBeanDefinition(bean) || !this.beanFactory.isTypeMatch(bean, type)) {
			return;
		}
		BeanDefinition definition = this.registry.getBeanDefinition(bean);
		if (!definition.hasAttribute(CLIENT) && !definition.isPrimary()) {
			byPriority(definition, type).setAttribute(REPLACEMENT, true);
			definition.setAttribute(BOOT_NAME, this.beanFactory.isTypeMatch(bean, StringRedisTemplate.class));
		}
	}

	private BeanDefinition register(String suffix, String factoryMethod, String... madeOf) {
		AbstractBeanDefinition definition = definition(factoryMethod, madeOf);
		if (!this.beanFactory.containsBean(this.name + suffix)) {
			this.registry.registerBeanDefinition(this.name + suffix, definition);
		}
		return definition;
	}

	private AbstractBeanDefinition definition(String factoryMethod, String... madeOf) {
		BeanDefinitionBuilder builder = BeanDefinitionBuilder.rootBeanDefinition(ClientBeanFactory.class, factoryMethod)
			.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR)
			// So that an application's @Bean method may override it wherever it stands.
			.setRole(BeanDefinition.ROLE_SUPPORT)
			.addConstructorArgValue(this.name);
		for (String part : madeOf) {
			builder.addConstructorArgValue(new RuntimeBeanReference(this.name + part));
		}
		AbstractBeanDefinition definition = builder.getBeanDefinition();
		definition.setAttribute(CLIENT, this.name);
		definition.setDescription("Redis client '" + this.name + "'");
		definition.setResourceDescription(
				"Redis client '" + this.name + "' (" + this.name + ".url, " + this.config.url().origin() + ")");
		return definition;
	}

	private void warnOfOtherTemplate() {
		Class<?> type = this.beanFactory.getType(this.name, false);
		if (type != null && !RedisOperations.class.isAssignableFrom(type)) {
			logger.warn("Bean '{}' is a {}, so Redis client '{}' has no template; rename one of the two to inject it",
					this.name, type.getName(), this.name);
		}
	}

	/**
	 * Tell whether an application has marked a bean as primary.
	 * @param beanFactory knows the beans
	 * @param type the type of the bean
	 * @return whether there is a primary bean of this type that is not ours
	 */
	static boolean hasPrimary(ConfigurableListableBeanFactory beanFactory, Class<?> type) {
		return Arrays.stream(beanFactory.getBeanNamesForType(type, true, false))
			.filter(beanFactory::containsBeanDefinition)
			.map(beanFactory::getBeanDefinition)
			.anyMatch((definition) -> definition.isPrimary() && !definition.hasAttribute(CLIENT));
	}

}
