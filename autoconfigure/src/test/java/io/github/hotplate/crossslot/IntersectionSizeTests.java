package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.exceptions.JedisDataException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IntersectionSize}.
 */
class IntersectionSizeTests {

	private final CommandObjects jedis = new CommandObjects();

	@Test
	void sizeOfIntersectionIsCountedUpToItsLimit() {
		List<byte[]> set = List.of(bytes("x"), bytes("y"), bytes("z"));
		assertThat(split(this.jedis.sintercard("a", "b")).reply(List.of(set, set))).isEqualTo(3L);
		assertThat(split(this.jedis.sintercard(2, "a", "b")).reply(List.of(set, set))).isEqualTo(2L);
		assertThat(split(this.jedis.sintercard(0, "a", "b")).reply(List.of(set, set))).isEqualTo(3L);
		assertThat(split(this.jedis.sintercard("a", "b")).reply(List.of(set, List.of()))).isEqualTo(0L);
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> split(this.jedis.sintercard(-1, "a", "b")).reply(List.of(set, set)))
			.withMessage("ERR LIMIT can't be negative");
	}

	private static CommandParts split(CommandObject<?> command) {
		return IntersectionSize.parts(command.getArguments());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
