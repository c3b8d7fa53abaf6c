package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;

import io.github.hotplate.command.CommandSpecs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SetAlgebra}.
 */
class SetAlgebraTests {

	private final CommandObjects jedis = new CommandObjects();

	@Test
	void setsAreFetchedAndCombined() {
		CommandParts union = split(this.jedis.sunion("a", "b"));
		assertThat(PartLines.lines(union)).containsExactly("SMEMBERS a", "SMEMBERS b");
		assertThat(members(union)).containsExactly("x", "y", "z");
		assertThat(members(split(this.jedis.sinter("a", "b")))).containsExactly("y");
		assertThat(members(split(this.jedis.sdiff("a", "b")))).containsExactly("x");
	}

	@Test
	void setsKeepTheOrderOfTheirKeys() {
		assertThat(PartLines.lines(split(this.jedis.sdiff("{a}1", "b", "{a}2")))).containsExactly("SMEMBERS {a}1",
				"SMEMBERS b", "SMEMBERS {a}2");
	}

	private static CommandParts split(CommandObject<?> command) {
		CommandArguments arguments = command.getArguments();
		return SetAlgebra.parts(arguments, CommandSpecs.of(arguments).responsePolicy());
	}

	private static List<String> members(CommandParts parts) {
		List<byte[]> first = List.of(bytes("x"), bytes("y"));
		List<byte[]> second = List.of(bytes("y"), bytes("z"));
		return ((List<?>) Objects.requireNonNull(parts.reply(List.of(first, second)))).stream()
			.map((member) -> new String((byte[]) member, StandardCharsets.UTF_8))
			.toList();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
