package io.github.hotplate.reports;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import io.github.hotplate.actuate.RedisNodesHealthIndicator;
import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.client.TestClient;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.observation.SubscriptionMetrics;
import io.github.hotplate.subscription.SubscriptionUsage;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Subscriptions to one server survive what happens to their connections.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class LostSubscriptionIntegrationTests {

	private static final byte[] CHANNEL = { 'x' };

	private static final MessageListener NOBODY = (message, pattern) -> {
	};

	private static EmbeddedRedisServer server;

	@AfterEach
	void heal() {
		server.awaitHealthy();
	}

	@Test
	@Report({ "jedis #1213", "LuckPerms #4303" })
	void forgottenConnectionIsReplaced() {
		try (FaultProxy proxy = FaultProxy.to(server.node());
				TestClient publisher = TestClient.start(server.url(), "mode=standalone");
				TestClient client = TestClient.start(url(proxy), "mode=standalone", "socket_timeout=500ms");
				Listening listening = Listening.to(factory(client), ChannelTopic.of("news"))) {
			listening.untilHeard(publisher.redis(), "news");
			proxy.forgetConnections();
			assertThat(listening.untilHeard(publisher.redis(), "news")).isLessThan(Duration.ofSeconds(5));
			assertThat(listening.subscribed()).isEqualTo(2);
			assertThat(client.pool().resubscriptions()).isEqualTo(1);
		}
	}

	@Test
	void cutConnectionIsReplacedAtOnce() {
		try (TestClient client = TestClient.start(server.url(), "mode=standalone");
				Listening listening = Listening.to(factory(client), ChannelTopic.of("news"))) {
			listening.untilHeard(client.redis(), "news");
			server.node().execute("CLIENT", "KILL", "TYPE", "pubsub");
			assertThat(listening.untilHeard(client.redis(), "news")).isLessThan(Duration.ofSeconds(1));
			assertThat(usage(client).connections()).isEqualTo(1);
			assertThat(usage(client).silence()).isLessThan(Duration.ofSeconds(10));
		}
	}

	@Test
	@Report("health and meters of subscriptions")
	void healthAndMetersShowHowSubscriptionsAreDoing() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		try (TestClient client = TestClient.start(server.url(), "mode=standalone");
				SubscriptionMetrics metrics = new SubscriptionMetrics(client.pool(), registry);
				Listening listening = Listening.to(factory(client), ChannelTopic.of("secret"))) {
			listening.untilHeard(client.redis(), "secret");
			server.node().execute("CLIENT", "KILL", "TYPE", "pubsub");
			listening.untilHeard(client.redis(), "secret");
			assertThat(registry.get("redis.client.subscriptions").tag("redis_pool", "foo").gauge().value())
				.isEqualTo(1);
			assertThat(registry.get("redis.client.subscription.silence").gauge().value()).isBetween(0.0, 10.0);
			assertThat(registry.get("redis.client.resubscriptions").functionCounter().count()).isEqualTo(1);
			Object health = Objects.requireNonNull(new RedisNodesHealthIndicator(() -> List.of(client.pool())).health())
				.getDetails()
				.get("foo");
			assertThat(String.valueOf(health))
				.contains("subscriptions={count=1, oldest=[{since=", "ms ago", "resubscribed=1, connections=1}]}")
				.doesNotContain("secret");
			metrics.close();
			assertThat(registry.getMeters()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Report("health and meters of subscriptions")
	void silenceCountsFromLastAnswerWhateverIsTriedSince(boolean refused) {
		try (FaultProxy proxy = FaultProxy.to(server.node());
				TestClient client = TestClient.start(url(proxy), "mode=standalone", "socket_timeout=300ms",
						"socket_connect_timeout=300ms");
				Listening listening = Listening.to(factory(client), ChannelTopic.of("news"))) {
			Awaitility.await().until(() -> listening.subscribed() == 1);
			if (refused) {
				proxy.refuse();
				proxy.cut();
			}
			else {
				proxy.freeze();
			}
			Awaitility.await().until(() -> usage(client).connections() == 0);
			Duration longer = usage(client).silence().plusSeconds(1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(3))
				.until(() -> usage(client).silence().compareTo(longer) > 0 && usage(client).connections() == 0);
			proxy.accept();
			proxy.thaw();
			Awaitility.await().until(() -> usage(client).connections() == 1);
			Awaitility.await().until(() -> usage(client).silence().compareTo(Duration.ofMillis(1_000)) < 0);
		}
	}

	@Test
	@Report("spring-data-redis #1724")
	void subscribesAgainOnceExhaustedPoolHasConnection() {
		try (TestClient client = TestClient.start(server.url(), "mode=standalone", "max_connections=1", "timeout=50ms",
				"socket_timeout=2s");
				TestClient other = TestClient.start(server.url(), "mode=standalone");
				Listening listening = Listening.to(factory(client), ChannelTopic.of("news"))) {
			listening.untilHeard(other.redis(), "news");
			AtomicBoolean busy = new AtomicBoolean(true);
			List<CompletableFuture<Void>> others = IntStream.range(0, 3)
				.mapToObj((i) -> CompletableFuture.runAsync(() -> popWhile(busy, client.redis()),
						(task) -> new Thread(task, "popping").start()))
				.toList();
			server.node().execute("CLIENT", "KILL", "TYPE", "pubsub");
			Awaitility.await().until(() -> client.pool().exhaustedWaits() > 10);
			busy.set(false);
			assertThat(others).allSatisfy((pop) -> assertThat(pop).succeedsWithin(Duration.ofSeconds(5)));
			assertThat(listening.untilHeard(other.redis(), "news")).isLessThan(Duration.ofSeconds(3));
		}
	}

	@Test
	@Report("spring-data-redis #1724")
	void attemptToSubscribeEndsWithConnectionFailure() {
		try (TestClient client = TestClient.start(server.url(), "mode=standalone", "max_connections=1", "timeout=50ms");
				Listening listening = Listening.to(factory(client), ChannelTopic.of("news"));
				RedisConnection connection = factory(client).getConnection()) {
			assertThatExceptionOfType(RedisConnectionFailureException.class)
				.isThrownBy(() -> connection.subscribe(NOBODY, CHANNEL))
				.withCauseInstanceOf(ConnectionPoolExhaustedException.class);
		}
	}

	@Test
	@Report("spring-data-redis #2334")
	void attemptToSubscribeEndsAtDeadline() {
		try (TestClient client = TestClient.start(server.url(), "mode=standalone", "retry.deadline=300ms");
				RedisConnection connection = factory(client).getConnection()) {
			server.node().kill();
			assertThatExceptionOfType(RedisConnectionFailureException.class)
				.isThrownBy(() -> connection.subscribe(NOBODY, CHANNEL))
				.withMessageContaining("Client 'foo' could not subscribe within 300 ms")
				.withCauseInstanceOf(NodeUnreachableException.class);
		}
	}

	@Test
	void missingPermissionIsPassedOn() {
		server.node().execute("ACL", "SETUSER", "deaf", "on", ">secret", "~*", "+@all", "resetchannels");
		try (TestClient client = TestClient.start(server.url(), "mode=standalone", "username=deaf", "password=secret");
				RedisConnection connection = factory(client).getConnection()) {
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
				.isThrownBy(() -> connection.subscribe(NOBODY, CHANNEL));
		}
		finally {
			server.node().execute("ACL", "DELUSER", "deaf");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1s", "100ms" })
	@Report("spring-data-redis #2334")
	void applicationStartsWithoutRedisAndListensOnceThereIsOne(String deadline) {
		server.node().kill();
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run("--foo.url=" + server.url(), "--foo.mode=standalone", "--foo.startup=warn",
					"--foo.retry.deadline=" + deadline)) {
			CountDownLatch heard = context.getBean(CountDownLatch.class);
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			server.awaitHealthy();
			Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(10)).until(() -> {
				foo.convertAndSend("news", "hello");
				return heard.getCount() == 0;
			});
		}
	}

	@Test
	void slowListenerIsNoSilentServerNorIsQuietServer() {
		CountDownLatch slow = new CountDownLatch(1);
		try (TestClient client = TestClient.start(server.url(), "mode=standalone", "socket_timeout=500ms");
				TestClient quiet = TestClient.start(server.url(), "mode=standalone", "socket_timeout=500ms");
				Listening news = Listening.to(factory(quiet), ChannelTopic.of("news"));
				RedisConnection connection = factory(client).getConnection()) {
			CountDownLatch rest = new CountDownLatch(1_050);
			CompletableFuture<Void> subscriber = CompletableFuture
				.runAsync(() -> connection.subscribe((message, pattern) -> {
					await(slow);
					rest.countDown();
				}, new byte[] { 'x' }));
			Awaitility.await().until(() -> client.redis().convertAndSend("x", "0") > 0);
			for (int i = 0; i < 1_050; i++) {
				client.redis().convertAndSend("x", "some text");
			}
			// Longer than a silent server is waited for.
			Awaitility.await()
				.during(Duration.ofMillis(2_800))
				.atMost(Duration.ofSeconds(10))
				.until(() -> client.pool().resubscriptions() == 0);
			slow.countDown();
			await(rest);
			assertThat(client.pool().resubscriptions()).isZero();
			assertThat(news.subscribed()).isEqualTo(1);
			assertThat(quiet.pool().resubscriptions()).isZero();
			Awaitility.await().until(() -> usage(quiet).silence().toMillis() < 2_000);
			connection.getSubscription().close();
			assertThat(subscriber).succeedsWithin(Duration.ofSeconds(5));
		}
	}

	@Test
	void unsubscribesWhileServerIsDown() {
		try (TestClient client = TestClient.start(server.url(), "mode=standalone");
				Listening listening = Listening.to(factory(client), ChannelTopic.of("news"),
						PatternTopic.of("weather.*"))) {
			server.node().kill();
			Awaitility.await().until(() -> usage(client).silence().toMillis() > 100);
			listening.container().removeMessageListener(listening.listener(), ChannelTopic.of("news"));
			server.awaitHealthy();
			listening.untilHeard(client.redis(), "weather.today");
			client.redis().convertAndSend("news", "nobody listens");
			listening.untilHeard(client.redis(), "weather.tomorrow");
			assertThat(listening.heard()).noneMatch((message) -> message.startsWith("news"));
		}
	}

	@Test
	void closingClientEndsSubscriptionAtOnce() {
		TestClient client = TestClient.start(server.url(), "mode=standalone");
		try (RedisConnection connection = factory(client).getConnection()) {
			CompletableFuture<Void> subscriber = CompletableFuture
				.runAsync(() -> connection.subscribe(NOBODY, CHANNEL));
			Awaitility.await().until(() -> client.pool().subscriptions().size() == 1);
			client.close();
			assertThat(subscriber).failsWithin(Duration.ofMillis(500))
				.withThrowableThat()
				.withMessageContaining("Client 'foo' is closed");
		}
	}

	@Test
	void interruptEndsSubscription() {
		try (TestClient client = TestClient.start(server.url(), "mode=standalone");
				RedisConnection connection = factory(client).getConnection()) {
			Thread subscriber = new Thread(() -> connection.subscribe(NOBODY, CHANNEL));
			subscriber.start();
			Awaitility.await().until(() -> usage(client).connections() == 1);
			subscriber.interrupt();
			Awaitility.await().until(() -> !subscriber.isAlive());
			assertThat(client.pool().subscriptions().size()).isZero();
			Awaitility.await().until(() -> client.pool().totalUsage().active() == 0);
		}
	}

	private static void popWhile(AtomicBoolean busy, StringRedisTemplate redis) {
		while (busy.get()) {
			try {
				redis.opsForList().leftPop("empty", Duration.ofSeconds(1));
			}
			catch (DataAccessException ex) {
				assertThat(ex).isInstanceOf(ConnectionPoolExhaustedException.class);
			}
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String url(FaultProxy proxy) {
		return "redis://" + proxy.host() + ":" + proxy.port();
	}

	private static SubscriptionUsage usage(TestClient client) {
		List<SubscriptionUsage> usages = client.pool().subscriptions();
		assertThat(usages).hasSizeLessThan(2);
		return usages.isEmpty() ? new SubscriptionUsage(0, Duration.ZERO, Duration.ZERO, 0) : usages.get(0);
	}

	private static RedisConnectionFactory factory(TestClient client) {
		return client.redis().getRequiredConnectionFactory();
	}

	@SpringBootConfiguration
	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

		@Bean
		CountDownLatch heard() {
			return new CountDownLatch(1);
		}

		@Bean
		RedisMessageListenerContainer listeners(RedisConnectionFactory factory, CountDownLatch heard) {
			RedisMessageListenerContainer container = new RedisMessageListenerContainer();
			container.setConnectionFactory(factory);
			container.addMessageListener((message, pattern) -> heard.countDown(), ChannelTopic.of("news"));
			return container;
		}

	}

}
