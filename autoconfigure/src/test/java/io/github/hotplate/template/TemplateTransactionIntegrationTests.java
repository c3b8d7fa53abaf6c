package io.github.hotplate.template;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.reports.Report;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Spring's transactions around a client's template.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class TemplateTransactionIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static ClusterPool pool;

	private static MonitoredRedisTemplate foo;

	private final TransactionTemplate transaction = new TransactionTemplate(new NoResourceTransactionManager());

	@BeforeAll
	static void connect() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("foo.url", cluster.url())));
		pool = ClusterPoolFactory.fromConfig(environment, "foo.");
		foo = pool.createTemplate();
	}

	@AfterAll
	static void disconnect() {
		pool.close();
	}

	@AfterEach
	void endRequest() {
		RequestContextHolder.resetRequestAttributes();
		foo.setEnableTransactionSupport(false);
	}

	@Test
	@Report("setEnableTransactionSupport in a request")
	void whatIsRolledBackInRequestIsNotWritten() {
		foo.setEnableTransactionSupport(true);
		startRequest();
		rollBack("{t}:rolled-back");
		assertThat(foo.hasKey("{t}:rolled-back")).isFalse();
		commit("{t}:committed");
		assertThat(foo.hasKey("{t}:committed")).isTrue();
		// The client may be asking its servers something.
		await().until(() -> pool.totalUsage().active() == 0);
	}

	@Test
	void supportEnabledInRequestHolds() {
		startRequest();
		foo.setEnableTransactionSupport(true);
		rollBack("{t}:same-request");
		assertThat(foo.hasKey("{t}:same-request")).isFalse();
		startRequest();
		rollBack("{t}:next-request");
		assertThat(foo.hasKey("{t}:next-request")).isFalse();
	}

	@Test
	void templatesOfOneClientShareTransaction() {
		foo.setEnableTransactionSupport(true);
		StringRedisTemplate other = new StringRedisTemplate(connectionFactory());
		other.setEnableTransactionSupport(true);
		this.transaction.executeWithoutResult((status) -> {
			foo.opsForValue().set("{t}:first", "1");
			other.opsForValue().set("{t}:second", "2");
			await().until(() -> pool.totalUsage().active() <= 1);
		});
		assertThat(foo.opsForValue().multiGet(List.of("{t}:first", "{t}:second"))).containsExactly("1", "2");
	}

	@Test
	void templatesOfOneClientShareSession() {
		StringRedisTemplate other = new StringRedisTemplate(connectionFactory());
		foo.execute(new SessionCallback<@Nullable Object>() {

			@Override
			public <K, V> @Nullable Object execute(RedisOperations<K, V> operations) {
				operations.multi();
				other.opsForValue().set("{t}:discarded", "1");
				operations.discard();
				return null;
			}

		});
		assertThat(foo.hasKey("{t}:discarded")).isFalse();
	}

	private static RedisConnectionFactory connectionFactory() {
		return foo.getRequiredConnectionFactory();
	}

	private void rollBack(String key) {
		this.transaction.executeWithoutResult((status) -> {
			foo.opsForValue().set(key, "1");
			status.setRollbackOnly();
		});
	}

	private void commit(String key) {
		this.transaction.executeWithoutResult((status) -> foo.opsForValue().set(key, "1"));
	}

	private static void startRequest() {
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
	}

	/**
	 * Begins, commits and rolls back nothing but the transactions of templates.
	 */
	private static final class NoResourceTransactionManager extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
