package io.github.hotplate.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cache.autoconfigure.RedisCacheManagerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * What Boot's cache manager does differently with a client. Customizers of the
 * application come later and win.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ RedisCacheManagerBuilderCustomizer.class, RedisCacheWriter.class })
class CacheConfiguration {

	// Boot injects the factory under the same name, which counts where there are several.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnMissingBean(name = "scanningCacheManagerBuilderCustomizer")
	RedisCacheManagerBuilderCustomizer scanningCacheManagerBuilderCustomizer(
			ObjectProvider<RedisConnectionFactory> redisConnectionFactory) {
		return new CacheManagerCustomizer(redisConnectionFactory);
	}

}
