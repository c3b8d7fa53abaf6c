package io.github.hotplate.activity;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.CommandSpecs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StoredProcedures}.
 */
class StoredProceduresTests {

	private static final String DIGEST = "e0e1f9fabfc9d4800c877a703b823ac0578ff8db";

	@Test
	void scriptHasDigestHoweverItIsSent() {
		assertThat(of(Command.EVAL, "return 1")).isEqualTo(DIGEST);
		assertThat(of(Command.EVALSHA, DIGEST)).isEqualTo(DIGEST);
		assertThat(of(Command.EVALSHA_RO, DIGEST.toUpperCase(Locale.ROOT))).isEqualTo(DIGEST);
	}

	@Test
	void functionHasName() {
		assertThat(of(Command.FCALL, "reserve_2")).isEqualTo("reserve_2");
	}

	@Test
	void whatIsNoNameIsNotShown() {
		assertThat(of(Command.EVALSHA, "secret")).isNull();
		assertThat(of(Command.FCALL, "user@example.com")).isNull();
		assertThat(of(Command.FCALL, "x".repeat(101))).isNull();
		assertThat(of(Command.GET, "key")).isNull();
	}

	@Test
	void incompleteCommandHasNone() {
		CommandArguments arguments = new CommandArguments(Command.EVALSHA);
		assertThat(StoredProcedures.of(CommandSpecs.of(arguments), arguments)).isNull();
	}

	private static @Nullable String of(Command command, String argument) {
		CommandArguments arguments = new CommandArguments(command).add(argument).add(0);
		return StoredProcedures.of(CommandSpecs.of(arguments), arguments);
	}

}
