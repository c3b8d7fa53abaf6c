package io.github.hotplate.activity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.json.JsonProtocol.JsonCommand;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.PipelineCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandLabels}.
 */
class CommandLabelsTests {

	private final CommandLabels labels = new CommandLabels();

	@Test
	void keepsNoNameThatRedisHasNotRun() {
		assertThat(this.labels.limit(UnknownCommands.unknown(0)).label()).isEqualTo("other");
		assertThat(this.labels.limit(UnknownCommands.unknown(0)).label()).isEqualTo("other");
	}

	@Test
	void keepsFirstUnknownNames() {
		fill();
		assertThat(this.labels.limit(UnknownCommands.unknown(0)).label()).isEqualTo("unknown0");
		assertThat(this.labels.limit(UnknownCommands.unknown(99)).label()).isEqualTo("unknown99");
	}

	@Test
	void countsFurtherUnknownNamesAsOther() {
		fill();
		CommandSpec other = this.labels.limit(UnknownCommands.unknown(100));
		assertThat(other.label()).isEqualTo("other");
		assertThat(other.name()).isEqualTo("OTHER");
		assertThat(this.labels.limit(UnknownCommands.unknown(101))).isSameAs(other);
	}

	@Test
	void knownNamesTakeNoPlaceOfUnknownOnes() {
		for (Command command : Command.values()) {
			this.labels.learn(CommandSpecs.of(new CommandArguments(command)));
		}
		fill();
		assertKept(UnknownCommands.unknown(99));
	}

	@Test
	void keepsKnownNames() {
		fill();
		for (Command command : Command.values()) {
			assertKept(CommandSpecs.of(new CommandArguments(command)));
		}
		assertKept(CommandSpecs.of(new CommandArguments(JsonCommand.GET)));
		assertKept(CommandSpecs.of(new PipelineCommand("", List.of()).getArguments()));
	}

	@Test
	void limitsSubcommands() {
		fill();
		assertKept(CommandSpecs.of(new CommandArguments(Command.CONFIG).add("get")));
		assertThat(this.labels.limit(CommandSpecs.of(new CommandArguments(Command.CONFIG).add("made-up"))).label())
			.isEqualTo("other");
		assertThat(this.labels
			.limit(CommandSpecs.of(new CommandArguments(() -> "GET X".getBytes(StandardCharsets.US_ASCII))))
			.label()).isEqualTo("other");
	}

	private void assertKept(CommandSpec command) {
		assertThat(this.labels.limit(command)).isSameAs(command);
	}

	private void fill() {
		IntStream.range(0, 101).forEach((i) -> this.labels.learn(UnknownCommands.unknown(i)));
	}

}
