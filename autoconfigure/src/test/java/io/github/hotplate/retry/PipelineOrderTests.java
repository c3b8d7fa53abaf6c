package io.github.hotplate.retry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.Commands;
import io.github.hotplate.command.SplitPart;
import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PipelineOrder}.
 */
class PipelineOrderTests {

	private static final JedisDataException REFUSED = new JedisDataException("READONLY You can't write");

	private static final JedisConnectionException LOST = new JedisConnectionException("reset");

	/**
	 * A command is followed by what came of it: {@code +} it ran, {@code -} it was
	 * refused and is to be sent again, {@code ?} its reply was lost and it is to be sent
	 * again, {@code !} its reply was lost and that is final.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SET k 1 - ; SET k 2 -                       | 0 1
			SET k 1 ? ; SET k 2 ?                       | 0 1
			SET k 1 - ; SET k 2 +                       | 0 1
			SET k 1 - ; SET k 2 + ; SET k 3 +           | 0 1 2
			SET k 1 - ; SET j 2 +                       | 0
			SET k 1 - ; GET k +                         | 0 1
			SET k 1 - ; GET k + ; SET k 2 +             | 0 1 2
			SET k 1 - ; INCR k +                        |
			SET k 1 ? ; INCR k !                        |
			SET k 1 - ; INCR k - ; SET k 2 +            | 0 1 2
			SET k 1 - ; INCR j +                        | 0
			GET k ? ; SET k 0 ?                         | 1
			GET k ? ; SET k 0 +                         |
			GET k - ; SET k 0 -                         | 0 1
			GET k ? ; GET k +                           | 0
			SET k 1 ? ; GET k ? ; SET k 0 ?             | 0 1 2
			HMSET k a 1 - ; HMSET k b 2 +               | 0 1
			HMSET k a 1 - ; HGETALL k + ; HMSET k b 2 + |
			INCR k - ; SET k 0 +                        |
			INCR k - ; INCR k -                         | 0 1
			INCR k - ; INCR k +                         |
			MSET j 1 k 1 - ; SET k 2 + ; GET j +        | 0 1 2
			MSET j 1 k 1 - ; SET k 2 + ; INCR j +       |
			SET k 1 - ; MSET k 2 j 2 + ; GET j +        | 0 1 2
			SET k 1 - ; MSET k 2 j 2 + ; INCR j +       |
			SET k 1 - ; FLUSHDB +                       |
			FLUSHDB - ; SET k 1 +                       |
			FLUSHDB - ; PING +                          | 0
			SET k 1 - ; DBSIZE +                        | 0 1
			SET k 1 - ; PING +                          | 0
			PING - ; SET k 1 +                          | 0
			SET k 1 - ; DEL k +                         |
			EXPIRE k 1000 ? ; DEL k !                   |
			XREADGROUP GROUP g c STREAMS k > ? ; XREADGROUP GROUP g c STREAMS k > + |
			""")
	@Report("order in long pipelines")
	void whatIsSentAgainKeepsItsOrder(String pipeline, String sent) {
		assertThat(sentAgain(pipeline, false)).isEqualTo((sent != null) ? sent : "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			INCR k ? ; INCR k ? | 0 1
			INCR k ? ; SET k 0 ? | 0 1
			INCR k - ; INCR k +  |
			GET k ? ; SET k 0 ?  | 1
			""")
	@Report("order in long pipelines")
	void nonIdempotentWritesAreRepeatedInOrderIfAskedFor(String pipeline, String sent) {
		assertThat(sentAgain(pipeline, true)).isEqualTo((sent != null) ? sent : "");
	}

	@Test
	@Report("order in long pipelines")
	void partsOfSplitCommandsHaveTheirKeysThoughUnmarked() {
		List<CommandObject<?>> commands = List.of(new SplitPart(arguments("MSET j 1 k 1"), 7),
				Commands.command("GET k"), new SplitPart(arguments("DEL i k"), 7));
		assertThat(sentAgain(commands, List.of("-", "-", "+"), false)).isEmpty();
		assertThat(sentAgain(List.of(commands.get(0), command("GET 1")), List.of("-", "+"), false)).isEqualTo("0");
		assertThat(sentAgain(List.of(commands.get(0), command("GET j")), List.of("-", "+"), false)).isEqualTo("0 1");
	}

	private static String sentAgain(String pipeline, boolean atLeastOnce) {
		List<CommandObject<?>> commands = new ArrayList<>();
		List<String> outcomes = new ArrayList<>();
		Stream.of(pipeline.split(" ; ")).map(String::trim).forEach((line) -> {
			commands.add(command(line.substring(0, line.length() - 2)));
			outcomes.add(line.substring(line.length() - 1));
		});
		return sentAgain(commands, outcomes, atLeastOnce);
	}

	private static String sentAgain(List<CommandObject<?>> commands, List<String> outcomes, boolean atLeastOnce) {
		PipelineOrder order = new PipelineOrder(commands, 0, atLeastOnce);
		List<Integer> again = new ArrayList<>();
		for (int i = 0; i < commands.size(); i++) {
			String outcome = outcomes.get(i);
			order.note(i, outcome.equals("+") ? "OK" : outcome.equals("-") ? REFUSED : LOST);
			if (List.of("-", "?").contains(outcome)) {
				again.add(i);
			}
		}
		again.removeAll(order.overtaken(again));
		return String.join(" ", order.withFollowers(again).stream().map(String::valueOf).toList());
	}

	// With its keys marked, as Jedis' own methods do it.
	private static CommandObject<?> command(String line) {
		String[] words = line.split(" ");
		List<Integer> keys = switch (words[0]) {
			case "MSET" -> IntStream.range(1, words.length).filter((i) -> i % 2 == 1).boxed().toList();
			case "FLUSHDB", "PING", "DBSIZE" -> List.of();
			case "XREADGROUP" -> List.of(5);
			default -> List.of(1);
		};
		CommandArguments unmarked = Commands.arguments(line);
		CommandArguments marked = new CommandArguments(unmarked.getCommand());
		IntStream.range(1, words.length).forEach((i) -> {
			if (keys.contains(i)) {
				marked.key(words[i]);
			}
			else {
				marked.add(words[i]);
			}
		});
		return new CommandObject<>(marked, Commands.command(line).getBuilder());
	}

	private static CommandArguments arguments(String line) {
		CommandArguments arguments = new CommandArguments(Commands.arguments(line).getCommand());
		Arrays.stream(line.split(" ")).skip(1).forEach(arguments::add);
		return arguments;
	}

}
