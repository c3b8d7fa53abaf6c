package io.github.hotplate.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.util.AopTestUtils;

import io.github.hotplate.retry.RedisRetryTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mockingDetails;

/**
 * Beans of clients that a test replaces. No server ever listens on port 1.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = { "foo.url=redis://127.0.0.1:1", "foo.startup=warn",
		"bar.url=redis://127.0.0.1:1", "bar.startup=warn", "hotplate.primary=foo" })
class MockedBeansTests {

	@MockitoBean
	private StringRedisTemplate template;

	@MockitoBean("barConnectionFactory")
	private RedisConnectionFactory connectionFactory;

	@MockitoSpyBean
	private RedisRetryTemplate fooRetryTemplate;

	@Autowired
	private User user;

	@Autowired
	private ApplicationContext context;

	@Test
	void mockByTypeReplacesTemplateOfPrimaryClient() {
		assertThat(this.user.byName()).isSameAs(this.template);
		assertThat(this.context.getBean("stringRedisTemplate")).isSameAs(this.template);
	}

	@Test
	void templateUsesMockOfItsConnectionFactory() {
		assertThat(this.user.bar().getConnectionFactory()).isSameAs(this.connectionFactory);
	}

	@Test
	void othersAreNoMocks() {
		assertThat(mockingDetails(this.user.raw()).isMock()).isFalse();
		assertThat(this.user.raw()).isSameAs(this.context.getBean("redisTemplate"));
		assertThat(mockingDetails(AopTestUtils.getUltimateTargetObject(this.fooRetryTemplate)).isSpy()).isTrue();
	}

	record User(StringRedisTemplate byName, StringRedisTemplate bar, RedisTemplate<?, ?> raw) {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class })
	static class Application {

		@Bean
		@SuppressWarnings("rawtypes")
		User user(StringRedisTemplate foo, StringRedisTemplate bar, RedisTemplate redisTemplate) {
			return new User(foo, bar, redisTemplate);
		}

	}

}
