package io.github.hotplate.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.data.redis.core.RedisCallback;
import redis.clients.jedis.Connection;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.Internals;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a client does when something is in its way.
 */
interface ClientFailureIntegrationTests extends ClientContract {

	Duration LONG = Duration.ofSeconds(20);

	@Test
	default void waitForConnectionEnds() {
		application().start("max_connections=2", "timeout=200 milliseconds");
		foo().opsForValue().set("text", "x");
		ClusterPool pool = application().bean(ClusterPool.class);
		try (Connection first = Internals.borrow(pool); Connection second = Internals.borrow(pool)) {
			assertThat(List.of(first, second)).doesNotHaveDuplicates();
			assertThatExceptionOfType(ConnectionPoolExhaustedException.class)
				.isThrownBy(() -> foo().opsForValue().get("text"))
				.withMessageContaining("'foo'")
				.withMessageContaining("limit 2, in use 2");
		}
		assertThat(foo().opsForValue().get("text")).isEqualTo("x");
	}

	@Test
	default void lostConnectionsAreNotNoticed() {
		foo().opsForValue().set("text", "x");
		killConnections();
		assertThat(foo().opsForValue().get("text")).isEqualTo("x");
		assertThat(retries()).isPositive();
		killConnections();
		assertThat(foo()
			.executePipelined((RedisCallback<?>) (connection) -> connection.stringCommands().get(bytes("text"))))
			.containsExactly("x");
	}

	private double retries() {
		return application().bean(MeterRegistry.class)
			.get("redis.client.retries")
			.tags("redis_command", "get", "redis_type", mode(), "reason", "connection")
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	@Test
	default void commandThatMayHaveRunIsNotRepeated() {
		CompletableFuture<String> popped = pop();
		killConnections();
		assertThat(popped).failsWithin(LONG)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(AmbiguousExecutionException.class)
			.withMessageContaining("BLPOP on client 'foo'");
	}

	@Test
	default void commandThatMayHaveRunIsRepeatedWhereAskedTo() {
		application().start("retry.non_idempotent=true");
		CompletableFuture<String> popped = pop();
		killConnections();
		foo().opsForList().rightPush("queue", "x");
		assertThat(popped).succeedsWithin(LONG).isEqualTo("x");
	}

	@Test
	default void blockingCommandOutlivesSocketTimeout() {
		application().start("socket_timeout=500 milliseconds");
		assertThat(foo().opsForList().leftPop("queue", Duration.ofSeconds(1))).isNull();
	}

	private CompletableFuture<String> pop() {
		CompletableFuture<String> popped = CompletableFuture
			.supplyAsync(() -> foo().opsForList().leftPop("queue", Duration.ofMinutes(1)));
		Awaitility.await()
			.atMost(LONG)
			.until(() -> redis().nodes()
				.stream()
				.anyMatch((node) -> String.valueOf(node.execute("INFO", "clients")).contains("blocked_clients:1")));
		return popped;
	}

	private void killConnections() {
		List<String> killed = redis().nodes().stream().flatMap((node) -> killConnections(node).stream()).toList();
		assertThat(killed).isNotEmpty();
	}

	private static List<String> killConnections(RedisNode node) {
		List<String> ids = String.valueOf(node.execute("CLIENT", "LIST"))
			.lines()
			.filter((line) -> line.contains(" name=contract "))
			.map((line) -> line.substring("id=".length(), line.indexOf(' ')))
			.toList();
		ids.forEach((id) -> node.execute("CLIENT", "KILL", "ID", id));
		return ids;
	}

	@Test
	default void badCredentialsAreErrorAtStart(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application().start("username=app", "password=s3cret"));
		assertThat(output)
			.containsSubsequence("Redis rejected the credentials of Redis client 'foo'", "WRONGPASS",
					"Check foo.username and foo.password")
			.doesNotContain("s3cret");
	}

}
