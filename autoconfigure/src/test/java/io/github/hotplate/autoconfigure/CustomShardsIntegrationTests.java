package io.github.hotplate.autoconfigure;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.client.ClientWiring;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.reports.Report;
import io.github.hotplate.sharding.ShardedRedisCluster;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for an application's own connection factory of a sharded client.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class CustomShardsIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	@Test
	void shardsUseCustomConnectionFactory() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
			.withUserConfiguration(CustomConnectionFactoryConfiguration.class)
			.withPropertyValues("foo.url=" + cluster.url(), "foo.mode=sharded")
			.run((context) -> assertThat(
					context.getBean(ShardedRedisCluster.class).getClient("shard").opsForValue().get("key"))
				.isEqualTo("hello"));
	}

	@Test
	@Report("own bean under the name of a client's bean")
	void shardsUseCustomExecutor() {
		CommandExecutor executor = mock();
		given(executor.<Object>executeCommand(any())).willReturn("hello".getBytes(StandardCharsets.UTF_8));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
			.withBean("fooCommandExecutor", CommandExecutor.class, () -> executor)
			.withPropertyValues("foo.url=" + cluster.url(), "foo.mode=sharded")
			.run((context) -> assertThat(
					context.getBean(ShardedRedisCluster.class).getClient("shard").opsForValue().get("key"))
				.isEqualTo("hello"));
	}

	@Configuration(proxyBeanMethods = false)
	static class CustomConnectionFactoryConfiguration {

		@Bean
		MonitoredRedisConnectionFactory fooConnectionFactory(ClusterPool pool, MonitoringFailures failures) {
			CommandExecutor executor = mock();
			given(executor.<Object>executeCommand(any())).willReturn("hello".getBytes(StandardCharsets.UTF_8));
			return new ClientWiring(pool, failures).connectionFactory(executor);
		}

	}

}
