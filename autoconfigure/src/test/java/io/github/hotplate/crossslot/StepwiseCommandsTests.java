package io.github.hotplate.crossslot;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Commands;
import io.github.hotplate.command.RequestPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StepwiseCommands}.
 */
class StepwiseCommandsTests {

	private final StepwiseCommands commands = new StepwiseCommands(new Polling(() -> 0, (nanos) -> {
	}));

	@Test
	void commandsAreThoseWithStepwisePolicy() {
		Set<String> stepwise = Arrays.stream(Command.values())
			.map((command) -> CommandSpecs.of(new CommandArguments(command)))
			.filter((spec) -> spec.requestPolicy() == RequestPolicy.STEPWISE)
			.map(CommandSpec::name)
			.collect(Collectors.toSet());
		assertThat(this.commands.names()).isEqualTo(stepwise).hasSize(11);
	}

	@Test
	void everyCommandThatIsRunInStepsHasSome() {
		for (String name : List.of("RENAME", "RENAMENX", "SMOVE", "SORT", "SINTERSTORE", "SUNIONSTORE", "SDIFFSTORE",
				"BLPOP", "BRPOP", "RPOPLPUSH", "BRPOPLPUSH")) {
			CommandSpec spec = CommandSpecs.of(Commands.arguments(name));
			assertThat(spec.requestPolicy()).isEqualTo(RequestPolicy.STEPWISE);
			assertThat(this.commands.get(spec)).isNotNull();
		}
	}

	@Test
	void unknownCommandIsRefused() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.commands.get(CommandSpecs.of(Commands.arguments("GET a"))))
			.withMessage("No stepwise implementation of GET");
	}

}
