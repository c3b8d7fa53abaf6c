package io.github.hotplate.retry;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.Commands;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link RetryAdvice} and {@link CommandRetries}.
 */
class RetryAdviceTests {

	private static final JedisDataException TRY_AGAIN = new JedisDataException("TRYAGAIN Multiple keys request");

	private static final JedisConnectionException LOST = new JedisConnectionException("reset");

	private static final JedisDataException DEMOTED = new JedisDataException(
			"UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)");

	private final CommandExecutor redis = mock();

	private final TestRetries retries = new TestRetries(this.redis);

	private final CommandObject<Object> incr = Commands.command("INCR key");

	@Test
	void successIsNotRepeated() {
		given(redisRuns(this.incr)).willReturn(1L);
		assertThat(this.retries.client().executeCommand(this.incr)).isEqualTo(1L);
		verify(this.redis, times(1)).executeCommand(this.incr);
		assertThat(this.retries.announced()).isEmpty();
	}

	@Test
	void refusedWriteIsRepeatedUntilRedisRunsIt() {
		given(redisRuns(this.incr)).willThrow(TRY_AGAIN, new NodeUnreachableException("down", null)).willReturn(1L);
		assertThat(this.retries.client().executeCommand(this.incr)).isEqualTo(1L);
		verify(this.redis, times(3)).executeCommand(this.incr);
		assertThat(this.retries.announced()).containsExactly("foo: INCR, TRYAGAIN", "foo: INCR, connection");
	}

	@Test
	void errorThatWouldComeAgainIsNotRepeated() {
		JedisDataException error = new JedisDataException("WRONGTYPE Operation against a key");
		given(redisRuns(this.incr)).willThrow(error);
		assertFails(this.retries.client(), this.incr, error);
		verify(this.redis, times(1)).executeCommand(this.incr);
	}

	@Test
	void exhaustedPoolIsNotWaitedForTwice() {
		ConnectionPoolExhaustedException exhausted = new ConnectionPoolExhaustedException("limit 1");
		given(redisRuns(this.incr)).willThrow(exhausted);
		assertFails(this.retries.client(), this.incr, exhausted);
		verify(this.redis, times(1)).executeCommand(this.incr);
	}

	@Test
	void lostReplyOfWriteIsReportedAndNotRepeated() {
		given(redisRuns(this.incr)).willThrow(LOST);
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> this.retries.client().executeCommand(this.incr))
			.withCause(LOST)
			.withMessageContainingAll("INCR", "'foo'", "may or may not have run", "foo.retry.non_idempotent", "reset");
		verify(this.redis, times(1)).executeCommand(this.incr);
		assertThat(this.retries.pauses()).isEmpty();
	}

	@Test
	void lostReplyAfterRefusalIsReported() {
		given(redisRuns(this.incr)).willThrow(TRY_AGAIN, LOST);
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> this.retries.client().executeCommand(this.incr));
		verify(this.redis, times(2)).executeCommand(this.incr);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET key", "SET key value" })
	void lostReplyOfIdempotentCommandIsRepeated(String line) {
		CommandObject<Object> command = Commands.command(line);
		given(redisRuns(command)).willThrow(LOST).willReturn("reply");
		assertThat(this.retries.client().executeCommand(command)).isEqualTo("reply");
		verify(this.redis, times(2)).executeCommand(command);
	}

	@Test
	void lostReplyIsRepeatedOnRequest() {
		given(redisRuns(this.incr)).willThrow(LOST).willReturn(2L);
		assertThat(this.retries.client("non_idempotent=true").executeCommand(this.incr)).isEqualTo(2L);
	}

	@Test
	void writeThatMayHaveRunDoesNotEndAsIfItHadNot() {
		for (RuntimeException last : List.of(new NodeUnreachableException("down", null),
				new ConnectionPoolExhaustedException("limit 1"), new ClientClosedException("closed"), TRY_AGAIN,
				new ClusterDownException("down", null), new JedisDataException("OOM command not allowed"))) {
			CommandObject<Object> set = Commands.command("SET key value");
			given(redisRuns(set)).willThrow(LOST, last);
			assertThatExceptionOfType(AmbiguousExecutionException.class)
				.isThrownBy(() -> this.retries.client("max_attempts=2").executeCommand(set))
				.withCause(last)
				.withMessageStartingWith("SET on client 'foo' was sent and its reply was lost")
				.withMessageEndingWith("(" + last.getMessage() + ")");
		}
	}

	@Test
	void incrementThatMayHaveRunOnRequestDoesNotEndAsIfItHadNot() {
		given(redisRuns(this.incr)).willThrow(LOST, TRY_AGAIN);
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> this.retries.client("non_idempotent=true", "max_attempts=2").executeCommand(this.incr))
			.withCause(TRY_AGAIN)
			.withMessageNotContaining("non_idempotent");
	}

	@Test
	void lostReplyOfWatchedTransactionIsThatOfExec() {
		TransactionCommand transaction = new TransactionCommand(List.of(this.incr), 0, mock());
		given(this.redis.executeCommand(transaction)).willThrow(LOST);
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> this.retries.client().executeCommand(transaction))
			.withMessageStartingWith("EXEC on client 'foo' was sent and its reply was lost")
			.withMessageNotContaining("non_idempotent");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET key", "PING" })
	void readEndsAsItsLastAttemptDid(String line) {
		CommandObject<Object> command = Commands.command(line);
		given(redisRuns(command)).willThrow(LOST, TRY_AGAIN);
		assertFails(this.retries.client("max_attempts=2"), command, TRY_AGAIN);
	}

	@Test
	void writeWithoutRepliesEndsAsItsLastAttemptDid() {
		CommandObject<Object> set = Commands.command("SET key value");
		given(redisRuns(set)).willThrow(LOST);
		assertFails(this.retries.client("max_attempts=2"), set, LOST);
	}

	@Test
	void attemptsAreLimited() {
		given(redisRuns(this.incr)).willThrow(TRY_AGAIN);
		assertFails(this.retries.client("max_attempts=3"), this.incr, TRY_AGAIN);
		verify(this.redis, times(3)).executeCommand(this.incr);
		assertThat(this.retries.announced()).hasSize(2);
	}

	@Test
	void pausesGrowUpToMaximum() {
		given(redisRuns(this.incr)).willThrow(TRY_AGAIN);
		assertFails(this.retries.client("max_attempts=7", "backoff=10ms", "backoff_multiplier=2", "max_backoff=100ms",
				"jitter=0"), this.incr, TRY_AGAIN);
		assertThat(this.retries.pauses()).extracting(Duration::toMillis)
			.containsExactly(10L, 20L, 40L, 80L, 100L, 100L);
	}

	@Test
	void pausesVaryWithinJitter() {
		given(redisRuns(this.incr)).willThrow(TRY_AGAIN);
		assertFails(this.retries.client("max_attempts=101", "backoff=100ms", "backoff_multiplier=10", "max_backoff=10s",
				"jitter=0.2"), this.incr, TRY_AGAIN);
		List<Duration> pauses = this.retries.pauses();
		assertThat(pauses.get(0)).isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
		assertThat(pauses.get(1)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_200));
		assertThat(pauses.subList(2, pauses.size()))
			.allSatisfy((pause) -> assertThat(pause).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10)))
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 7, 30, 99, 101 })
	void deadlineIsNotExceeded(long millisPerAttempt) {
		Duration start = this.retries.now();
		given(redisRuns(this.incr)).willAnswer((invocation) -> {
			assertThat(this.retries.now().minus(start)).isLessThanOrEqualTo(Duration.ofMillis(100));
			this.retries.pass(Duration.ofMillis(millisPerAttempt));
			throw TRY_AGAIN;
		});
		assertFails(this.retries.client("deadline=100ms"), this.incr, TRY_AGAIN);
		assertThat(this.retries.now().minus(start))
			.isLessThanOrEqualTo(Duration.ofMillis(Math.max(100, millisPerAttempt) + millisPerAttempt));
	}

	@Test
	void deadlineCountsFromCallAndNotFromFirstFailure() {
		given(redisRuns(this.incr)).willAnswer((invocation) -> {
			this.retries.pass(Duration.ofMillis(95));
			throw TRY_AGAIN;
		});
		assertFails(this.retries.client("deadline=100ms", "backoff=10ms"), this.incr, TRY_AGAIN);
		verify(this.redis, times(1)).executeCommand(this.incr);
	}

	@Test
	void interruptEndsPauseAndIsKept() {
		given(redisRuns(this.incr)).willThrow(TRY_AGAIN);
		CommandExecutor client = this.retries.client((pause) -> {
			throw new InterruptedException();
		});
		assertFails(client, this.incr, TRY_AGAIN);
		assertThat(Thread.interrupted()).isTrue();
		verify(this.redis, times(1)).executeCommand(this.incr);
	}

	@Test
	void clusterThatIsDownIsWaitedFor() {
		given(redisRuns(this.incr)).willThrow(down()).willReturn(1L);
		assertThat(this.retries.client().executeCommand(this.incr)).isEqualTo(1L);
		assertThat(this.retries.pauses()).isEmpty();
		assertThat(this.retries.announced()).containsExactly("foo: INCR, CLUSTERDOWN");
	}

	@Test
	void clusterThatIsDownIsWaitedForNoLongerThanDeadline() {
		List<Duration> limits = new ArrayList<>();
		ClusterDownException failure = new ClusterDownException("down", null, (limit) -> !limits.add(limit));
		given(redisRuns(this.incr)).willAnswer((invocation) -> {
			this.retries.pass(Duration.ofMillis(30));
			throw failure;
		});
		assertFails(this.retries.client("deadline=100ms"), this.incr, failure);
		verify(this.redis, times(1)).executeCommand(this.incr);
		assertThat(limits).containsExactly(Duration.ofMillis(70));
	}

	@Test
	void clusterThatStaysDownIsTriedThreeTimesMore() {
		ClusterDownException failure = down();
		given(redisRuns(this.incr)).willThrow(failure);
		assertFails(this.retries.client(), this.incr, failure);
		verify(this.redis, times(1 + 3)).executeCommand(this.incr);
	}

	@Test
	void clusterThatIsDownIsNotWaitedForWithoutAttempts() {
		ClusterDownException failure = down();
		given(redisRuns(this.incr)).willThrow(failure);
		assertFails(this.retries.client("cluster_down_retry_attempts=0"), this.incr, failure);
		verify(this.redis, times(1)).executeCommand(this.incr);
	}

	@Test
	void slotWithoutNodeIsAskedForAgainAfterPause() {
		given(redisRuns(this.incr)).willThrow(new ClusterDownException("No node serves slot 1", null)).willReturn(1L);
		assertThat(this.retries.client().executeCommand(this.incr)).isEqualTo(1L);
		assertThat(this.retries.pauses()).hasSize(1);
	}

	@Test
	void interruptEndsWaitForClusterAndIsKept() {
		ClusterDownException failure = new ClusterDownException("down", null, (limit) -> {
			throw new InterruptedException();
		});
		given(redisRuns(this.incr)).willThrow(failure);
		assertFails(this.retries.client(), this.incr, failure);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void reasonTellsTimeOutFromLostConnection() {
		CommandObject<Object> get = Commands.command("GET key");
		given(redisRuns(get)).willThrow(LOST, new JedisConnectionException(new SocketTimeoutException()))
			.willReturn("value");
		this.retries.client().executeCommand(get);
		assertThat(this.retries.announced()).containsExactly("foo: GET, connection", "foo: GET, timeout");
	}

	@Test
	void failingListenerDisturbsNeitherCommandNorOthers() {
		this.retries.addListener((client, command, reason) -> {
			throw new IllegalStateException("expected");
		});
		given(redisRuns(this.incr)).willThrow(TRY_AGAIN).willReturn(1L);
		assertThat(this.retries.client().executeCommand(this.incr)).isEqualTo(1L);
		assertThat(this.retries.announced()).hasSize(1);
		assertThat(this.retries.monitoringFailures().count(MonitoringFailures.Part.LISTENER)).isOne();
	}

	@Test
	void slotWithoutNodeIsAskedForUntilDeadlineWhateverTheAttemptsForCluster() {
		ClusterDownException failure = new ClusterDownException("No node serves slot 1", null);
		given(redisRuns(this.incr)).willThrow(failure);
		assertFails(this.retries.client("cluster_down_retry_attempts=0", "deadline=100ms", "backoff=10ms",
				"backoff_multiplier=1", "jitter=0"), this.incr, failure);
		assertThat(this.retries.pauses()).hasSize(10);
	}

	@Test
	void deadlineHoldsForWhatAttemptsWaitFor() {
		List<Duration> limits = new ArrayList<>();
		given(redisRuns(this.incr)).willAnswer((invocation) -> {
			limits.add(CallDeadline.limit(Duration.ofMillis(90)));
			this.retries.pass(Duration.ofMillis(20));
			throw TRY_AGAIN;
		});
		assertFails(this.retries.client("max_attempts=2", "deadline=100ms", "backoff=10ms", "jitter=0"), this.incr,
				TRY_AGAIN);
		assertThat(limits).containsExactly(Duration.ofMillis(90), Duration.ofMillis(70));
		assertThat(CallDeadline.limit(Duration.ofMillis(90))).isEqualTo(Duration.ofMillis(90));
	}

	@Test
	void shortestPausesGrowByAnyFactor() {
		given(redisRuns(this.incr)).willThrow(TRY_AGAIN);
		assertFails(this.retries.client("max_attempts=5", "backoff=1ms", "backoff_multiplier=1.5", "max_backoff=3ms",
				"jitter=0"), this.incr, TRY_AGAIN);
		assertThat(this.retries.pauses()).extracting(Duration::toNanos)
			.containsExactly(1_000_000L, 1_500_000L, 2_250_000L, 3_000_000L);
	}

	@Test
	void timeThatRedisKeptCommandWaitingIsNoTimeOfRetries() {
		List<String> timeouts = new ArrayList<>();
		CommandObject<?> pop = new CommandObjects().blpop(7_200, "key");
		given(this.redis.executeCommand(any(CommandObject.class))).willAnswer((invocation) -> {
			CommandArguments arguments = invocation.<CommandObject<?>>getArgument(0).getArguments();
			timeouts.add(new String(arguments.get(2).getRaw(), StandardCharsets.UTF_8));
			if (timeouts.size() == 1) {
				this.retries.pass(Duration.ofHours(1));
				throw DEMOTED;
			}
			return List.of("key", "element");
		});
		assertThat(this.retries.client("backoff=10ms", "jitter=0").executeCommand(pop)).hasToString("[key, element]");
		assertThat(timeouts).containsExactly("7200", "3599.990");
	}

	@Test
	void commandThatWaitsForReplicasIsNotRepeatedOnAnotherPrimary() {
		CommandObject<Object> command = Commands.command("WAIT 1 100");
		given(redisRuns(command)).willThrow(DEMOTED);
		assertFails(this.retries.client(), command, DEMOTED);
		verify(this.redis, times(1)).executeCommand(command);
	}

	private Object redisRuns(CommandObject<Object> command) {
		return this.redis.executeCommand(command);
	}

	private static ClusterDownException down() {
		return new ClusterDownException("CLUSTERDOWN The cluster is down", null, (limit) -> true);
	}

	private static void assertFails(CommandExecutor client, CommandObject<Object> command, RuntimeException failure) {
		assertThatExceptionOfType(failure.getClass()).isThrownBy(() -> client.executeCommand(command))
			.isSameAs(failure);
	}

}
