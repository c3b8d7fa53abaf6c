package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.params.SortingParams;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.command.AtMostOnce;
import io.github.hotplate.command.Commands;
import io.github.hotplate.command.CompositeCommand;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.SplitPart;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.reports.Report;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StepwiseCommand}: which steps are sent, and that none of them can lose
 * data where the next one fails.
 */
class StepwiseCommandTests {

	private final CommandObjects jedis = new CommandObjects();

	private final Map<String, List<@Nullable Object>> replies = new LinkedHashMap<>();

	private final List<String> sent = new ArrayList<>();

	private final List<String> onPrimary = new ArrayList<>();

	private final List<String> once = new ArrayList<>();

	private final AtomicLong now = new AtomicLong();

	private final Polling polling = new Polling(this.now::get, this.now::addAndGet);

	private final CommandExecutor client = new CommandExecutorChain(new Redis(), List
		.of(new SplitAdvice(new CommandSplitter("foo", KeySlots.CLUSTER, () -> TestTopology.ofPrimaries(3), () -> {
		}, new StepwiseCommands(this.polling)), List.of(), new MonitoringFailures())));

	@Test
	void commandOfOneSlotIsLeftAlone() {
		this.client.executeCommand(this.jedis.rename("{a}1", "{a}2"));
		assertThat(this.sent).containsExactly("RENAME {a}1 {a}2");
	}

	@Test
	void renameRestoresBeforeItDeletes() {
		given("DUMP a", bytes("dump"));
		given("PTTL a", 1500L);
		assertThat(this.client.executeCommand(this.jedis.rename("a", "b"))).isEqualTo("OK");
		assertThat(this.sent).containsExactly("MULTI", "DUMP a", "PTTL a", "EXEC", "RESTORE b 1500 dump REPLACE",
				"DEL a");
	}

	@ParameterizedTest
	@CsvSource({ "RENAME a b, DEL a", "RENAMENX a b, RESTORE b 0 dump; DEL a", "SMOVE a b m, SREM a m" })
	@Report("RENAMENX and SMOVE with retry.non_idempotent")
	void stepThatWouldLoseDataIsNeverRepeated(String command, String steps) {
		given("DUMP a", bytes("dump"));
		given("PTTL a", -1L);
		given("SISMEMBER a m", 1L);
		given("DEL a", 1L);
		given("SREM a m", 1L);
		this.client.executeCommand(marked(command));
		assertThat(this.once).containsExactly(steps.split("; "));
	}

	private static CommandObject<Object> marked(String line) {
		String[] words = line.split(" ");
		CommandArguments arguments = new CommandArguments(Commands.arguments(line).getCommand()).key(words[1])
			.key(words[2]);
		Stream.of(words).skip(3).forEach(arguments::add);
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

	@Test
	void renameOfKeyThatNeverExpires() {
		given("DUMP a", bytes("dump"));
		given("PTTL a", -1L);
		this.client.executeCommand(this.jedis.rename("a", "b"));
		assertThat(this.sent).contains("RESTORE b 0 dump REPLACE");
	}

	@Test
	void renameOfKeyThatIsAboutToExpireLetsItExpire() {
		given("DUMP a", bytes("dump"));
		given("PTTL a", 0L);
		this.client.executeCommand(this.jedis.rename("a", "b"));
		assertThat(this.sent).contains("RESTORE b 1 dump REPLACE");
	}

	@Test
	void renameOfMissingKeyFailsLikeRedis() {
		given("PTTL a", -2L);
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> this.client.executeCommand(this.jedis.rename("a", "b")))
			.withMessage("ERR no such key");
		assertThat(this.sent).doesNotContain("DEL a");
	}

	@Test
	void renameKeepsOldKeyWhereNewOneCannotBeWritten() {
		given("DUMP a", bytes("dump"));
		given("PTTL a", -1L);
		given("RESTORE b 0 dump REPLACE", new JedisConnectionException("reset"));
		assertThatExceptionOfType(JedisConnectionException.class)
			.isThrownBy(() -> this.client.executeCommand(this.jedis.rename("a", "b")));
		assertThat(this.sent).doesNotContain("DEL a");
	}

	@Test
	void renameIfAbsentLeavesBothKeysAloneWhereNewOneExists() {
		given("DUMP a", bytes("dump"));
		given("PTTL a", -1L);
		given("RESTORE b 0 dump", new JedisDataException("BUSYKEY Target key name already exists."));
		assertThat(this.client.executeCommand(this.jedis.renamenx("a", "b"))).isZero();
		assertThat(this.sent).doesNotContain("DEL a");
	}

	@Test
	void renameIfAbsentPassesOtherErrorsOn() {
		given("DUMP a", bytes("dump"));
		given("PTTL a", -1L);
		given("RESTORE b 0 dump", new JedisDataException("OOM command not allowed"));
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> this.client.executeCommand(this.jedis.renamenx("a", "b")))
			.withMessageStartingWith("OOM");
	}

	@Test
	void memberIsAddedBeforeItIsRemoved() {
		given("SISMEMBER a m", 1L);
		given("SREM a m", 1L);
		assertThat(this.client.executeCommand(this.jedis.smove("a", "b", "m"))).isEqualTo(1);
		assertThat(this.sent).containsExactly("SISMEMBER a m", "SADD b m", "SREM a m");
	}

	@Test
	void memberThatAnotherHasMovedIsNotMovedTwice() {
		given("SISMEMBER a m", 1L);
		given("SREM a m", 0L);
		assertThat(this.client.executeCommand(this.jedis.smove("a", "b", "m"))).isZero();
		assertThat(this.sent).doesNotContain("SREM b m");
	}

	@Test
	void missingMemberIsNotMoved() {
		given("SISMEMBER a m", 0L);
		assertThat(this.client.executeCommand(this.jedis.smove("a", "b", "m"))).isZero();
		assertThat(this.sent).containsExactly("SISMEMBER a m");
	}

	@Test
	void setsReplaceTheDestinationAtOnce() {
		given("SMEMBERS b", List.of(bytes("x"), bytes("y")));
		given("SMEMBERS c", List.of(bytes("y")));
		assertThat(this.client.executeCommand(this.jedis.sdiffstore("a", "b", "c"))).isEqualTo(1);
		assertThat(this.sent).containsExactly("SMEMBERS b", "SMEMBERS c", "MULTI", "DEL a", "SADD a x", "EXEC");
	}

	@Test
	void emptyResultRemovesTheDestination() {
		given("SMEMBERS b", List.of(bytes("x")));
		given("SMEMBERS c", List.of());
		assertThat(this.client.executeCommand(this.jedis.sinterstore("a", "b", "c"))).isZero();
		assertThat(this.sent).endsWith("MULTI", "DEL a", "EXEC");
	}

	@Test
	void largeResultIsWrittenInSeveralCommandsOfOneTransaction() {
		List<byte[]> members = new ArrayList<>();
		for (int i = 0; i < 25_000; i++) {
			members.add(bytes("m" + i));
		}
		given("SMEMBERS b", members);
		given("SMEMBERS c", List.of());
		assertThat(this.client.executeCommand(this.jedis.sunionstore("a", "b", "c"))).isEqualTo(25_000);
		assertThat(this.sent).filteredOn((line) -> line.startsWith("SADD a ")).hasSize(3);
		assertThat(this.sent).filteredOn("MULTI"::equals).hasSize(1);
	}

	@Test
	void sortedElementsAreStoredInTheirOrder() {
		given("SORT a LIMIT 0 3 GET # DESC", Arrays.asList(bytes("3"), null, bytes("1")));
		assertThat(
				this.client.executeCommand(this.jedis.sort("a", new SortingParams().limit(0, 3).get("#").desc(), "b")))
			.isEqualTo(3);
		assertThat(this.sent.get(0)).startsWith("SORT a").doesNotContain("STORE");
	}

	@Test
	void storeIsFoundAmongOtherOptions() {
		CommandArguments sort = this.jedis.sort("a", new SortingParams().by("store"), "b").getArguments();
		given("SORT a BY store", List.of(bytes("1"), bytes("2")));
		this.client.executeCommand(new CommandObject<>(sort.add("ASC"), this.jedis.del("a").getBuilder()));
		assertThat(this.sent).containsExactly("SORT a BY store ASC", "MULTI", "DEL b", "EXEC");
	}

	@Test
	void elementIsPushedBeforeItIsRemoved() {
		given("LINDEX a -1", bytes("x"));
		given("LREM a -1 x", 1L);
		assertThat(this.client.executeCommand(this.jedis.rpoplpush("a", "b"))).isEqualTo("x");
		assertThat(this.sent).containsExactly("LINDEX a -1", "LPUSH b x", "LREM a -1 x");
	}

	@Test
	void elementThatAnotherHasTakenIsTakenBack() {
		given("LINDEX a -1", bytes("x"), null);
		given("LREM a -1 x", 0L);
		assertThat(this.client.executeCommand(this.jedis.rpoplpush("a", "b"))).isNull();
		assertThat(this.sent).containsExactly("LINDEX a -1", "LPUSH b x", "LREM a -1 x", "LREM b 1 x", "LINDEX a -1");
	}

	@Test
	void removalOfMovedElementIsNeverRetried() {
		given("LINDEX a -1", bytes("x"));
		given("LREM a -1 x", 1L);
		this.client.executeCommand(this.jedis.rpoplpush("a", "b"));
		assertThat(this.once).containsExactly("LREM a -1 x");
	}

	@Test
	void stepsReadFromPrimaries() {
		given("EXISTS b", 1L);
		given("LPOP b", bytes("x"));
		this.client.executeCommand(this.jedis.blpop(1, "a", "b"));
		assertThat(this.onPrimary).containsExactly("EXISTS a", "EXISTS b", "LPOP b");
	}

	@Test
	void lostReplyToStepIsToldWithTheWholeCommand() {
		given("SISMEMBER a m", 1L);
		given("SADD b m", new AmbiguousExecutionException("SADD was sent", new JedisConnectionException("reset")));
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> this.client.executeCommand(this.jedis.smove("a", "b", "m")))
			.withMessageContaining("SMOVE")
			.withMessageContaining("SADD was sent");
	}

	@Test
	void onlyOneListIsPopped() {
		given("EXISTS a", 0L);
		given("EXISTS b", 1L);
		given("EXISTS c", 1L);
		given("LPOP b", bytes("x"));
		assertThat(this.client.executeCommand(this.jedis.blpop(1, "a", "b", "c"))).containsExactly("b", "x");
		assertThat(this.sent).containsExactly("EXISTS a", "EXISTS b", "EXISTS c", "LPOP b");
	}

	@Test
	void nextListIsPoppedWhereAnotherWasFaster() {
		given("EXISTS a", 1L);
		given("EXISTS b", 1L);
		given("RPOP b", bytes("x"));
		assertThat(this.client.executeCommand(this.jedis.brpop(1, "a", "b"))).containsExactly("b", "x");
		assertThat(this.sent).endsWith("RPOP a", "RPOP b");
	}

	@Test
	void listsAreLookedAtAgain() {
		given("EXISTS a", 0L, 0L, 1L);
		given("LPOP a", bytes("x"));
		assertThat(this.client.executeCommand(this.jedis.blpop(0, "a", "b"))).containsExactly("a", "x");
	}

	@Test
	void nothingIsFoundInTime() {
		assertThat(this.client.executeCommand(this.jedis.blpop(0.03, "a", "b"))).isNull();
		assertThat(this.client.executeCommand(this.jedis.brpoplpush("a", "b", 1))).isNull();
	}

	@Test
	void timeoutThatIsNoneIsRefusedLikeRedis() {
		CommandArguments arguments = new CommandArguments(() -> bytes("BLPOP")).key("a").key("b").add("soon");
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> this.client.executeCommand(RawCommand.of(arguments)))
			.withMessage("ERR timeout is not a float or out of range");
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> this.client.executeCommand(this.jedis.blpop(-1, "a", "b")))
			.withMessage("ERR timeout is negative");
	}

	private void given(String line, @Nullable Object... answers) {
		this.replies.put(line, new ArrayList<>(Arrays.asList(answers)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Gives each command its replies one after the other, the last of them for ever.
	 */
	private final class Redis implements CommandExecutor {

		@Override
		@SuppressWarnings("unchecked")
		public <T> T executeCommand(CommandObject<T> command) {
			if (!(command instanceof CompositeCommand<?> composite)) {
				return (T) answer(command);
			}
			boolean atomic = command instanceof TransactionCommand;
			note("MULTI", atomic);
			List<@Nullable Object> answers = new ArrayList<>();
			composite.getCommands().forEach((step) -> answers.add(answer(step)));
			note("EXEC", atomic);
			return (T) answers;
		}

		private void note(String line, boolean atomic) {
			if (atomic) {
				StepwiseCommandTests.this.sent.add(line);
			}
		}

		private @Nullable Object answer(CommandObject<?> command) {
			String line = StreamSupport.stream(command.getArguments().spliterator(), false)
				.map((word) -> new String(word.getRaw(), StandardCharsets.UTF_8))
				.collect(Collectors.joining(" "));
			StepwiseCommandTests.this.sent.add(line);
			if (command instanceof SplitPart.OnPrimary) {
				StepwiseCommandTests.this.onPrimary.add(line);
			}
			if (command instanceof AtMostOnce) {
				StepwiseCommandTests.this.once.add(line);
			}
			List<@Nullable Object> answers = StepwiseCommandTests.this.replies.getOrDefault(line, List.of());
			if (answers.isEmpty()) {
				return null;
			}
			return (answers.size() > 1) ? answers.remove(0) : answers.get(0);
		}

		@Override
		public void close() {
			// Holds nothing.
		}

	}

}
