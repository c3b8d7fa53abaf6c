package io.github.hotplate.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BlockingCommands}.
 */
class BlockingCommandsTests {

	private static final Pattern LEFT_OUT = Pattern.compile("redis_command!~\\\\?\"([^\"\\\\]*)");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			BLPOP a b 0                                    | PT0S
			BRPOP a 1.5                                    | PT1.5S
			BLMOVE a b LEFT RIGHT 2                        | PT2S
			BRPOPLPUSH a b 3                               | PT3S
			BZPOPMIN a 4                                   | PT4S
			bzpopmax a 5                                   | PT5S
			BLMPOP 6 2 a b LEFT                            | PT6S
			BZMPOP 7 1 a MIN                               | PT7S
			WAIT 1 800                                     | PT0.8S
			WAITAOF 1 0 900                                | PT0.9S
			XREAD COUNT 1 BLOCK 1000 STREAMS a $           | PT1S
			XREAD BLOCK 0 STREAMS BLOCK 0                  | PT0S
			XREADGROUP GROUP BLOCK 5 BLOCK 7 STREAMS a >   | PT0.007S
			MIGRATE host 6379 key 0 3000                   | PT3S
			""")
	@Report("WAIT longer than socket_timeout")
	void knowsHowLongCommandWaits(String command, Duration timeout) {
		assertThat(BlockingCommands.timeout(arguments(command))).isEqualTo(timeout);
		assertThat(BlockingCommands.includes(arguments(command))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "alerts.yml", "hotplate.json" })
	void percentilesLeaveOutCommandsThatMayBlock(String file) throws IOException {
		String text = Files.readString(Path.of("..", "docs", "dashboards", file));
		Set<String> leftOut = LEFT_OUT.matcher(text)
			.results()
			.map((matcher) -> matcher.group(1))
			.collect(Collectors.toSet());
		assertThat(leftOut).singleElement()
			.satisfies((commands) -> assertThat(Command.values())
				.allSatisfy((command) -> assertThat(command.name().toLowerCase(Locale.ROOT).matches(commands))
					.isEqualTo(BlockingCommands.mayInclude(command.name()))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET a", "BLPOP a b", "BLPOP a -1", "XREAD STREAMS BLOCK 5", "XREAD COUNT 5 STREAMS a 0",
			"XREADGROUP GROUP BLOCK 5 STREAMS a >", "XREADGROUP GROUP g", "WAIT", "BLPOP a NaN", "CLIENT PAUSE 5" })
	void knowsWhatDoesNotWait(String command) {
		assertThat(BlockingCommands.timeout(arguments(command))).isNull();
		assertThat(BlockingCommands.includes(arguments(command))).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			BLPOP a b 0                           | BLPOP a b 0.250
			BLMPOP 6 2 a b LEFT                   | BLMPOP 0.250 2 a b LEFT
			XREAD COUNT 1 BLOCK 9 STREAMS a 0     | XREAD COUNT 1 BLOCK 250 STREAMS a 0
			""")
	void replacesTimeout(String command, String shorter) {
		CommandArguments replaced = BlockingCommands.withTimeout(arguments(command), Duration.ofMillis(250));
		assertThat(words(replaced)).isEqualTo(List.of(shorter.split(" ")));
		assertThat(replaced.isBlocking()).isTrue();
	}

	@Test
	void whatBeginsWithTheMomentIsNotDivided() {
		assertThat(BlockingCommands.isDivisible(arguments("XREAD BLOCK 5 STREAMS a $"))).isFalse();
		assertThat(BlockingCommands.isDivisible(arguments("XREAD BLOCK 5 STREAMS a b $ 0"))).isFalse();
		assertThat(BlockingCommands.isDivisible(arguments("WAIT 1 5"))).isFalse();
		assertThat(BlockingCommands.isDivisible(arguments("XREADGROUP GROUP g c BLOCK 5 STREAMS a >"))).isTrue();
		assertThat(BlockingCommands.isDivisible(arguments("BLPOP a 5"))).isTrue();
	}

	private static List<String> words(CommandArguments arguments) {
		return StreamSupport.stream(arguments.spliterator(), false)
			.map((argument) -> new String(argument.getRaw()))
			.toList();
	}

	private static CommandArguments arguments(String command) {
		String[] words = command.split(" ");
		CommandArguments arguments = new CommandArguments(() -> words[0].getBytes());
		Arrays.stream(words).skip(1).forEach(arguments::add);
		return arguments;
	}

}
