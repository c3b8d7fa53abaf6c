package io.github.hotplate.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.execution.OvertakenCommandException;
import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PipelineRetries}.
 */
class PipelineRetriesTests {

	private static final JedisDataException TRY_AGAIN = new JedisDataException("TRYAGAIN Multiple keys request");

	private static final JedisConnectionException LOST = new JedisConnectionException("reset");

	private final CommandExecutor redis = mock();

	private final TestRetries retries = new TestRetries(this.redis);

	private final CommandObjects jedis = new CommandObjects();

	private final PipelineCommand pipeline = new PipelineCommand("name",
			List.of(this.jedis.get("a"), this.jedis.incr("b"), this.jedis.append("c", "x")));

	private final List<String> sent = new ArrayList<>();

	@Test
	void repliesAreInOrder() {
		redisReplies(Arrays.asList("1", null, 3L));
		assertThat(this.retries.client().executeCommand(this.pipeline)).containsExactly("1", null, 3L);
		assertThat(this.sent).containsExactly("name: GET INCR APPEND");
	}

	@Test
	void refusedCommandsAloneAreSentAgain() {
		redisReplies(Arrays.asList(TRY_AGAIN, 2L, TRY_AGAIN), Arrays.asList("1", TRY_AGAIN), List.of(3L));
		assertThat(this.retries.client().executeCommand(this.pipeline)).containsExactly("1", 2L, 3L);
		assertThat(this.sent).containsExactly("name: GET INCR APPEND", "name: GET APPEND", "name: APPEND");
		assertThat(this.retries.pauses()).hasSize(2);
		assertThat(this.retries.announced()).containsExactly("foo: GET, TRYAGAIN", "foo: APPEND, TRYAGAIN");
	}

	@Test
	void lostRepliesAreRepeatedOrReportedEachByItsCommand() {
		redisReplies(List.of(LOST, LOST, LOST), List.of("1"));
		List<@Nullable Object> replies = this.retries.client().executeCommand(this.pipeline);
		assertThat(replies).element(0).isEqualTo("1");
		assertThat(replies.subList(1, 3)).hasOnlyElementsOfType(AmbiguousExecutionException.class);
		assertThat(this.sent).containsExactly("name: GET INCR APPEND", "name: GET");
	}

	@Test
	void writeThatMayHaveRunDoesNotEndAsIfItHadNot() {
		PipelineCommand writes = new PipelineCommand("name", List.of(this.jedis.set("a", "1"), this.jedis.get("b")));
		NodeUnreachableException down = new NodeUnreachableException("down", null);
		redisReplies(List.of(LOST, LOST), List.of(down, down));
		List<@Nullable Object> replies = this.retries.client("max_attempts=2").executeCommand(writes);
		assertThat((Exception) replies.get(0)).isInstanceOf(AmbiguousExecutionException.class).hasCause(down);
		assertThat(replies.get(1)).isSameAs(down);
	}

	@Test
	@Report("order in long pipelines")
	void commandsOfOneKeyAreSentAgainTogether() {
		PipelineCommand ordered = new PipelineCommand("name",
				List.of(this.jedis.set("a", "1"), this.jedis.get("a"), this.jedis.set("a", "2"), this.jedis.get("b")));
		redisReplies(List.of(TRY_AGAIN, "2", "OK", "3"), List.of("OK", "1", "OK"));
		assertThat(this.retries.client().executeCommand(ordered)).containsExactly("OK", "1", "OK", "3");
		assertThat(this.sent).containsExactly("name: SET GET SET GET", "name: SET GET SET");
	}

	@Test
	@Report("order in long pipelines")
	void commandThatWasOvertakenFailsAndDidNotRun() {
		PipelineCommand ordered = new PipelineCommand("name",
				List.of(this.jedis.set("a", "1"), this.jedis.incr("a"), this.jedis.get("b")));
		redisReplies(List.of(TRY_AGAIN, 1L, TRY_AGAIN), List.of("3"));
		List<@Nullable Object> replies = this.retries.client().executeCommand(ordered);
		assertThat(replies.subList(1, 3)).containsExactly(1L, "3");
		assertThat(replies.get(0)).isInstanceOfSatisfying(OvertakenCommandException.class,
				(failure) -> assertThat(failure).hasMessageContainingAll("SET on client 'foo'", "TRYAGAIN"));
	}

	@Test
	@Report("second run after a lost reply")
	void readIsNotRepeatedOnceOwnWriteMayHaveRun() {
		PipelineCommand ordered = new PipelineCommand("name", List.of(this.jedis.get("a"), this.jedis.set("a", "0")));
		redisReplies(List.of(LOST, LOST), List.of("OK"));
		List<@Nullable Object> replies = this.retries.client().executeCommand(ordered);
		assertThat(replies.get(0)).isInstanceOf(AmbiguousExecutionException.class);
		assertThat(replies.get(1)).isEqualTo("OK");
		assertThat(this.sent).containsExactly("name: GET SET", "name: SET");
	}

	@Test
	void errorTakesPlaceOfReply() {
		JedisDataException error = new JedisDataException("WRONGTYPE Operation against a key");
		redisReplies(List.of("1", error, 3L));
		assertThat(this.retries.client().executeCommand(this.pipeline)).containsExactly("1", error, 3L);
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void attemptsAreLimited() {
		redisReplies(List.of("1", TRY_AGAIN, 3L), List.of(TRY_AGAIN), List.of(TRY_AGAIN));
		assertThat(this.retries.client("max_attempts=3").executeCommand(this.pipeline)).containsExactly("1", TRY_AGAIN,
				3L);
		assertThat(this.sent).hasSize(3);
	}

	@Test
	void deadlineIsNotExceeded() {
		Duration start = this.retries.now();
		given(this.redis.executeCommand(any())).willReturn(List.of(TRY_AGAIN, TRY_AGAIN, TRY_AGAIN));
		assertThat(this.retries.client("deadline=100ms").executeCommand(this.pipeline)).containsExactly(TRY_AGAIN,
				TRY_AGAIN, TRY_AGAIN);
		assertThat(this.retries.now().minus(start)).isPositive().isLessThanOrEqualTo(Duration.ofMillis(100));
	}

	@Test
	void commandThatIsGivenUpDoesNotHoldUpOthers() {
		ClusterDownException down = new ClusterDownException("down", null, (limit) -> true);
		redisReplies(List.of(down, TRY_AGAIN, TRY_AGAIN), List.of(2L, 3L));
		assertThat(this.retries.client("cluster_down_retry_attempts=0").executeCommand(this.pipeline))
			.containsExactly(down, 2L, 3L);
	}

	@Test
	void clusterThatStaysDownIsTriedThreeTimesMore() {
		ClusterDownException down = new ClusterDownException("down", null, (limit) -> true);
		redisReplies(List.of(down, 2L, 3L), List.of(down), List.of(down), List.of(down));
		assertThat(this.retries.client().executeCommand(this.pipeline)).containsExactly(down, 2L, 3L);
		assertThat(this.sent).hasSize(1 + 3);
	}

	@Test
	void interruptLeavesFailuresInPlaceAndIsKept() {
		redisReplies(List.of(TRY_AGAIN, 2L, TRY_AGAIN));
		CommandExecutor client = this.retries.client((pause) -> {
			throw new InterruptedException();
		});
		assertThat(client.executeCommand(this.pipeline)).containsExactly(TRY_AGAIN, 2L, TRY_AGAIN);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void pipelineThatCannotBeSentFailsAsWhole() {
		IllegalStateException closed = new IllegalStateException("Client 'foo' is closed");
		given(this.redis.executeCommand(this.pipeline)).willThrow(closed);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.retries.client().executeCommand(this.pipeline))
			.isSameAs(closed);
	}

	@SafeVarargs
	private void redisReplies(List<@Nullable Object>... replies) {
		given(this.redis.executeCommand(any())).willAnswer((invocation) -> {
			PipelineCommand attempt = invocation.getArgument(0);
			List<String> names = attempt.getCommands()
				.stream()
				.map((command) -> CommandSpecs.of(command.getArguments()).name())
				.toList();
			this.sent.add(attempt.getName() + ": " + String.join(" ", names));
			return replies[this.sent.size() - 1];
		});
	}

}
