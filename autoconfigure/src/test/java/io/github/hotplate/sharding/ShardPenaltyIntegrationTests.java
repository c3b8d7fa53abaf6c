package io.github.hotplate.sharding;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

import io.github.hotplate.actuate.RedisNodesHealthIndicator;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.penalty.PenaltyTransition;
import io.github.hotplate.retry.RedisRetryTemplate;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What brings a server into the penalty box, what brings it back, and where that shows.
 */
class ShardPenaltyIntegrationTests extends AbstractShardFailureIntegrationTests {

	@Test
	void failingPipelinePenalises() {
		start(BRISK);
		foo().opsForValue().set("hello", "x");
		node(1).kill();
		assertThat(foo().executePipelined((RedisCallback<?>) (connection) -> {
			KEYS_OF_SECOND.forEach((key) -> connection.stringCommands().set(bytes(key), bytes("x")));
			connection.stringCommands().set(bytes("hi"), bytes("x"));
			return null;
		})).containsOnly(true);
		awaitActive(2);
		assertThat(foo().opsForValue().multiGet(KEYS_OF_SECOND)).containsOnly("x");
	}

	@Test
	void failingPipelineOfCommandsThatMustNotRunTwicePenalises() {
		start(IMPATIENT);
		foo().opsForValue().get("hello");
		whilePaused(1, () -> {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> foo()
				.executePipelined((RedisCallback<?>) (connection) -> connection.stringCommands().incr(bytes("redis"))));
			assertLeftOut(1);
		});
	}

	@Test
	void failingRawCommandPenalises() {
		start(IMPATIENT);
		foo().opsForValue().get("hello");
		whilePaused(1, () -> {
			foo().execute((RedisCallback<?>) (connection) -> connection.execute("GET", bytes("hello")));
			assertLeftOut(1);
		});
	}

	@Test
	void failingTransactionPenalises() {
		start(IMPATIENT);
		foo().opsForValue().get("hello");
		whilePaused(1, () -> {
			// Nothing was sent behind the MULTI that was not answered.
			assertThat(increment(foo())).containsExactly(1L);
			assertLeftOut(1);
		});
	}

	@Test
	void transactionThatCannotWatchPenalises() {
		startWithoutConnectionToSecond();
		node(1).kill();
		assertThat(incrementWatched(foo())).containsExactly(1L);
		assertLeftOut(1);
	}

	@Test
	void transactionWhoseWatchIsLostMayBeRunAgain() {
		start(IMPATIENT);
		foo().opsForValue().get("hello");
		node(1).kill();
		RedisRetryTemplate retries = application().bean(RedisRetryTemplate.class);
		assertThat(retries.execute(() -> incrementWatched(foo()))).containsExactly(1L);
		assertThat(node(2).execute("GET", "hello")).hasToString("1");
	}

	@Test
	void transactionOfServerThatCannotBeReachedPenalises() {
		startWithoutConnectionToSecond();
		MonitoredRedisTemplate second = shards().stream().toList().get(1);
		node(1).kill();
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> increment(second));
		assertLeftOut(1);
	}

	private static List<Object> increment(MonitoredRedisTemplate redis) {
		return redis.execute(new Increment(false));
	}

	private static List<Object> incrementWatched(MonitoredRedisTemplate redis) {
		return redis.execute(new Increment(true));
	}

	@Test
	void callerBlockedOnSilentServerIsReleased() {
		start(IMPATIENT);
		foo().opsForValue().get("hello");
		CompletableFuture<Object> blocked = CompletableFuture
			.supplyAsync(() -> foo().opsForList().leftPop("redis", Duration.ZERO));
		Awaitility.await()
			.atMost(LONG)
			.until(() -> String.valueOf(node(1).execute("INFO", "clients")).contains("blocked_clients:1"));
		whilePaused(1, () -> {
			foo().opsForValue().get("hello");
			assertLeftOut(1);
			assertThat(blocked).failsWithin(LONG)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(AmbiguousExecutionException.class);
		});
	}

	@Test
	void subscriptionIsRenewedOnAnotherServer() throws Exception {
		start(IMPATIENT);
		Queue<String> messages = new ConcurrentLinkedQueue<>();
		RedisMessageListenerContainer container = new RedisMessageListenerContainer();
		container.setConnectionFactory(foo().getRequiredConnectionFactory());
		container.setMaxSubscriptionRegistrationWaitingTime(Duration.ofSeconds(20).toMillis());
		container.setRecoveryBackoff(new FixedBackOff(50, FixedBackOff.UNLIMITED_ATTEMPTS));
		container.addMessageListener((message, pattern) -> messages.add(new String(message.getBody())),
				ChannelTopic.of("news"));
		container.afterPropertiesSet();
		container.start();
		try {
			RedisNode subscribed = servers.nodes()
				.stream()
				.filter((node) -> String.valueOf(node.execute("PUBSUB", "CHANNELS")).contains("news"))
				.findFirst()
				.orElseThrow();
			subscribed.kill();
			Awaitility.await().atMost(LONG).until(() -> foo().convertAndSend("news", "hello") == 1);
			Awaitility.await().atMost(LONG).until(() -> messages.contains("hello"));
			awaitActive(2);
		}
		finally {
			container.destroy();
		}
	}

	@Test
	void lostConnectionIsNoFailure() {
		start(BRISK);
		foo().opsForValue().set("hello", "x");
		node(1).execute("CLIENT", "KILL", "TYPE", "normal");
		assertThat(foo().opsForValue().get("hello")).isEqualTo("x");
		assertThat(application().transitionsOf(node(1))).isEmpty();
	}

	@Test
	void deadServerIsFoundByOneLostConnection() {
		start("retry.deadline=1 millisecond");
		foo().opsForValue().set("hello", "x");
		node(1).kill();
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> foo().opsForValue().increment("redis"));
		awaitActive(2);
	}

	@Test
	void failuresBelowThresholdArePutUpWith() {
		start("penalty_box.failure_threshold=3", "retry.max_retries=0");
		node(1).kill();
		for (int failures = 1; failures < 3; failures++) {
			assertThatExceptionOfType(RedisConnectionFailureException.class)
				.isThrownBy(() -> foo().opsForValue().get("hello"));
			assertThat(active().activeCount()).isEqualTo(3);
		}
		assertThatExceptionOfType(RedisConnectionFailureException.class)
			.isThrownBy(() -> foo().opsForValue().get("hello"));
		// That the first failure was one is found out in the background.
		awaitActive(2);
	}

	@Test
	void probeHasShortTimeoutOfItsOwn() {
		start("penalty_box.min_wait=100 milliseconds", "penalty_box.max_wait=100 milliseconds", "socket_timeout=1 hour",
				"socket_connect_timeout=1 hour");
		foo().opsForValue().get("hello");
		whilePaused(1, () -> {
			shards().penaltyBox().failed(1);
			awaitTransition(1, PenaltyTransition.STILL_DOWN);
		});
		awaitTransition(1, PenaltyTransition.RETURNED);
	}

	@Test
	void serversAboveShareAreUsedAlthoughTheyFail() {
		start("penalty_box.max_ejected=0.5", "penalty_box.min_wait=20 seconds", "retry.deadline=2 seconds");
		node(1).kill();
		node(2).kill();
		foo().opsForValue().get("redis");
		assertLeftOut(1);
		assertThatExceptionOfType(RedisConnectionFailureException.class)
			.isThrownBy(() -> foo().opsForValue().get("test"));
		awaitTransition(2, PenaltyTransition.SPARED);
		assertThat(active().active()).containsExactly(0, 2);
	}

	@Test
	void deadServerIsShown() {
		start(IMPATIENT);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(boxed(1)).isZero();
		node(1).kill();
		foo().opsForValue().get("hello");
		assertThat(boxed(1)).isOne();
		assertThat(boxed(0)).isZero();
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).extractingByKey("foo")
			.asString()
			.contains("nodes=3", "inUse=2", node(1) + "=probed in ");
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(application().transitionsOf(node(1)))
				.containsExactly(PenaltyTransition.PENALIZED));
	}

	@Test
	void healthIsDownWhenAllServersAre() {
		start(IMPATIENT);
		for (int server = 0; server < 3; server++) {
			shards().penaltyBox().failed(server);
		}
		Awaitility.await().atMost(LONG).until(() -> Status.DOWN.equals(health().getStatus()));
	}

	private double boxed(int server) {
		return application().bean(MeterRegistry.class)
			.get("redis.client.penalty.box")
			.tags("redis_pool", "foo", "redis_node", node(server).toString())
			.gauge()
			.value();
	}

	private Health health() {
		return Objects.requireNonNull(application().bean(RedisNodesHealthIndicator.class).health());
	}

	private static void whilePaused(int server, Runnable test) {
		node(server).pause();
		try {
			test.run();
		}
		finally {
			node(server).resume();
		}
	}

	/**
	 * A transaction with a key of the second server.
	 *
	 * @param watched whether to watch the key before
	 */
	private record Increment(boolean watched) implements SessionCallback<List<Object>> {

		@Override
		@SuppressWarnings("unchecked")
		public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
			if (this.watched) {
				operations.watch((K) "hello");
			}
			operations.multi();
			operations.opsForValue().increment((K) "hello");
			return operations.exec();
		}

	}

}
