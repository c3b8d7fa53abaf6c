package io.github.hotplate.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.ClusterPool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of an application with a parent. No server ever listens on port 1.
 */
class ContextHierarchyTests {

	@Test
	void childUsesClientOfParent() {
		try (ConfigurableApplicationContext child = builder()
			.properties("foo.url=redis://127.0.0.1:1", "foo.startup=warn")
			.child(Application.class)
			.web(WebApplicationType.NONE)
			.run()) {
			ConfigurableApplicationContext parent = (ConfigurableApplicationContext) child.getParent();
			assertThat(parent.getBeansOfType(ClusterPool.class)).containsOnlyKeys("fooPool");
			assertThat(child.getBeansOfType(ClusterPool.class)).isEmpty();
			assertThat(child.getBean(StringRedisTemplate.class)).isSameAs(parent.getBean("foo"));
			assertThat(child.getBean(RedisConnectionFactory.class)).isSameAs(parent.getBean("fooConnectionFactory"));
		}
	}

	@Test
	void childHasClientOfItsOwn() {
		try (ConfigurableApplicationContext parent = builder()
			.properties("foo.url=redis://127.0.0.1:1", "foo.startup=warn")
			.run();
				ConfigurableApplicationContext child = builder().parent(parent)
					.properties("bar.url=redis://127.0.0.1:1", "bar.startup=warn")
					.run()) {
			assertThat(parent.getBeansOfType(ClusterPool.class)).containsOnlyKeys("fooPool");
			assertThat(child.getBeansOfType(ClusterPool.class)).containsOnlyKeys("barPool");
			assertThat(child.getBean("foo")).isSameAs(parent.getBean("foo"));
			assertThat(child.getBean("bar", StringRedisTemplate.class)).isNotSameAs(parent.getBean("foo"));
		}
	}

	private static SpringApplicationBuilder builder() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class })
	static class Application {

	}

}
