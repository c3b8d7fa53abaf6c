package io.github.hotplate.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.redis.test.autoconfigure.DataRedisTest;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.ContextConfiguration;

import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients in Boot's test slice, which would otherwise have Boot's own Redis under their
 * names. No server ever listens on port 1.
 */
@DataRedisTest(properties = { "foo.url=redis://127.0.0.1:1", "foo.startup=warn" })
@ContextConfiguration(classes = DataRedisTestSliceTests.Application.class)
class DataRedisTestSliceTests {

	@Autowired
	private StringRedisTemplate foo;

	@Autowired
	private RedisConnectionFactory connectionFactory;

	@Autowired
	private RedisTemplate<Object, Object> redisTemplate;

	@Test
	void sliceHasClient() {
		assertThat(this.foo).isInstanceOf(MonitoredRedisTemplate.class);
		assertThat(this.connectionFactory).isInstanceOf(MonitoredRedisConnectionFactory.class);
	}

	@Test
	void bootsTemplateOfSliceRunsOnClient() {
		assertThat(this.redisTemplate.getConnectionFactory()).isSameAs(this.connectionFactory);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
