package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link BlockingCommands} leave of a time-out.
 */
class RestOfTimeoutTests {

	private static final Duration PASSED = Duration.ofMillis(1_200);

	@ParameterizedTest
	@CsvSource(textBlock = """
			BLPOP a b 5, BLPOP a b 3.800
			BRPOP 5 5, BRPOP 5 3.800
			BRPOPLPUSH a b 5, BRPOPLPUSH a b 3.800
			BLMOVE a b LEFT RIGHT 1.5, BLMOVE a b LEFT RIGHT 0.300
			BZPOPMIN a 5, BZPOPMIN a 3.800
			BZPOPMAX a 5, BZPOPMAX a 3.800
			BLMPOP 5 1 a LEFT, BLMPOP 3.800 1 a LEFT
			BZMPOP 5 1 a MIN, BZMPOP 3.800 1 a MIN
			XREAD COUNT 1 BLOCK 2000 STREAMS a $, XREAD COUNT 1 BLOCK 800 STREAMS a $
			XREADGROUP GROUP block c BLOCK 2000 STREAMS a >, XREADGROUP GROUP block c BLOCK 800 STREAMS a >
			BLPOP a 1, BLPOP a 0.001
			XREAD BLOCK 2000 STREAMS block 0, XREAD BLOCK 800 STREAMS block 0
			XREAD BLOCK 1 STREAMS a $, XREAD BLOCK 1 STREAMS a $
			""")
	void whatIsLeftIsSent(String command, String expected) {
		assertThat(text(BlockingCommands.rest(command(command), PASSED))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			BLPOP a 0
			BLPOP a x
			WAITAOF 1 1 5000
			XREAD STREAMS a block
			WAIT 1 5000
			GET a
			""")
	void otherCommandsStayAsTheyAre(String command) {
		CommandObject<Object> object = command(command);
		assertThat(BlockingCommands.rest(object, PASSED)).isSameAs(object);
	}

	@Test
	void keysStayKeys() {
		CommandArguments arguments = BlockingCommands.rest(new CommandObjects().blpop(5.0, "a", "b"), PASSED)
			.getArguments();
		assertThat(arguments.getKeys()).containsExactly("a", "b");
		assertThat(arguments.isBlocking()).isTrue();
		CommandArguments group = BlockingCommands
			.rest(new CommandObjects().xreadGroup("a", "a", XReadGroupParams.xReadGroupParams().block(2_000),
					Map.of("a", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY)), PASSED)
			.getArguments();
		assertThat(group.getKeys()).containsExactly("a");
	}

	@Test
	void boundCommandsStayBound() {
		HostAndPort node = new HostAndPort("host", 1);
		assertThat(BlockingCommands.rest(new NodeBoundCommand<>(command("BLPOP a 5"), node), PASSED))
			.isInstanceOfSatisfying(NodeBoundCommand.class, (bound) -> assertThat(bound.getNode()).isEqualTo(node));
		assertThat(BlockingCommands.rest(new SlotBoundCommand<>(command("BLPOP a 5"), 7), PASSED))
			.isInstanceOfSatisfying(SlotBoundCommand.class, (bound) -> assertThat(bound.getSlot()).isEqualTo(7));
	}

	private static CommandObject<Object> command(String line) {
		String[] words = line.split(" ");
		CommandArguments arguments = new CommandArguments(() -> words[0].getBytes(StandardCharsets.UTF_8));
		for (int i = 1; i < words.length; i++) {
			arguments.add(words[i]);
		}
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

	private static String text(CommandObject<?> command) {
		return StreamSupport.stream(command.getArguments().spliterator(), false)
			.map((argument) -> new String(argument.getRaw(), StandardCharsets.UTF_8))
			.collect(Collectors.joining(" "));
	}

}
