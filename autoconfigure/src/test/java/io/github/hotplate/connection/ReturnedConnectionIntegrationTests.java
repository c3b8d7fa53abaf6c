package io.github.hotplate.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.aopalliance.intercept.MethodInvocation;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisInvalidSubscriptionException;
import org.springframework.data.redis.connection.Subscription;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Subscriptions and transactions that fail leave nothing behind for those who use the
 * connection next. Here there is only one.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ReturnedConnectionIntegrationTests {

	private static final String REFUSAL = "Refused by advice";

	private static EmbeddedRedisServer redis;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withBean(CommandAdviceFactory.class, () -> (config) -> this::refuse)
		.withPropertyValues("foo.url=" + redis.url(), "foo.mode=standalone", "foo.max_connections=1");

	private volatile Predicate<CommandObject<?>> refused = (command) -> false;

	private @Nullable Object refuse(MethodInvocation invocation) throws Throwable {
		if (this.refused.test((CommandObject<?>) invocation.getArguments()[0])) {
			throw new IllegalStateException(REFUSAL);
		}
		return invocation.proceed();
	}

	@Test
	void subscriptionWhoseListenerFails() {
		assertThatNothingIsLeftBy((message, pattern) -> {
			throw new IllegalStateException("Listener fails");
		});
	}

	@Test
	void subscriptionWhoseThreadIsInterrupted() {
		assertThatNothingIsLeftBy((message, pattern) -> Thread.currentThread().interrupt());
	}

	private void assertThatNothingIsLeftBy(MessageListener listener) {
		this.contextRunner.run((context) -> {
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			RedisConnection subscriber = foo.getRequiredConnectionFactory().getConnection();
			CompletableFuture<Void> listening = CompletableFuture
				.runAsync(() -> subscriber.subscribe(listener, bytes("alarms")), (task) -> new Thread(task).start());
			Awaitility.await().until(() -> {
				redis.node().execute("PUBLISH", "alarms", "now");
				return listening.isDone();
			});
			foo.opsForValue().set("text", "x");
			redis.node().execute("PUBLISH", "alarms", "again");
			assertThat(foo.opsForValue().get("text")).isEqualTo("x");
			Subscription subscription = subscriber.getSubscription();
			assertThatExceptionOfType(RedisInvalidSubscriptionException.class)
				.isThrownBy(() -> subscription.subscribe(bytes("news")));
			subscriber.close();
			foo.opsForValue().set("text", "y");
			assertThat(foo.opsForValue().get("text")).isEqualTo("y");
			assertThat(redis.node().execute("CLIENT", "LIST")).asString().doesNotContain("cmd=unsubscribe");
		});
	}

	@Test
	void transactionThatFailsBeforeItIsSent() {
		assertThatNothingIsLeftBy((session) -> {
			this.refused = TransactionCommand.class::isInstance;
			session.multi();
			session.opsForValue().set("text", "x");
			assertThatException().isThrownBy(session::exec).withStackTraceContaining(REFUSAL);
		});
	}

	@Test
	void watchingThatCannotBeEnded() {
		assertThatNothingIsLeftBy((session) -> {
			this.refused = (command) -> command.getArguments().getCommand() == Command.UNWATCH;
			assertThatException().isThrownBy(session::unwatch).withStackTraceContaining(REFUSAL);
		});
	}

	private void assertThatNothingIsLeftBy(Session failing) {
		this.contextRunner.run((context) -> {
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			inSession(foo, (session) -> {
				session.watch("watched");
				failing.run(session);
			});
			this.refused = (command) -> false;
			redis.node().execute("SET", "watched", "changed");
			inSession(foo, (session) -> {
				session.multi();
				session.opsForValue().set("text", "y");
				assertThat(session.exec()).isEqualTo(List.of(true));
			});
			assertThat(foo.opsForValue().get("text")).isEqualTo("y");
		});
	}

	private static void inSession(StringRedisTemplate redis, Session session) {
		redis.execute(new SessionCallback<@Nullable Void>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> @Nullable Void execute(RedisOperations<K, V> operations) {
				session.run((RedisOperations<String, String>) operations);
				return null;
			}

		});
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private interface Session {

		void run(RedisOperations<String, String> operations);

	}

}
