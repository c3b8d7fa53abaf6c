package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.SplitPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SlotSplit}.
 */
class SlotSplitTests {

	private final CommandObjects jedis = new CommandObjects();

	@Test
	void mgetIsOneCommandForEachSlot() {
		assertThat(PartLines.lines(split(this.jedis.mget("{a}1", "b", "{a}2", "c"))))
			.containsExactlyInAnyOrder("MGET {a}1 {a}2", "MGET b", "MGET c");
	}

	@Test
	void slotsMayBeHashesOfEitherSign() {
		Map<String, Integer> hashes = Map.of("a", -948_991_206, "b", 879_894_196, "c", -948_991_206, "d", -1);
		CommandParts parts = split(this.jedis.mget("a", "b", "c", "d"), (key) -> hashes.get(CommandKeys.text(key)));
		assertThat(PartLines.lines(parts)).containsExactlyInAnyOrder("MGET a c", "MGET b", "MGET d");
		assertThat(parts.commands()).extracting((part) -> ((SplitPart) part).slot())
			.containsExactlyInAnyOrder(-948_991_206, 879_894_196, -1);
	}

	@Test
	void mgetOfBytesIsSplitToo() {
		assertThat(PartLines.lines(split(this.jedis.mget(bytes("a"), bytes("b"))))).containsExactlyInAnyOrder("MGET a",
				"MGET b");
	}

	@Test
	void valuesAreInOrderOfKeysAndRepeatedLikeThem() {
		CommandParts parts = split(this.jedis.mget("{a}1", "b", "{a}2", "b", "{a}1", "missing"));
		assertThat(PartLines.lines(parts)).containsExactlyInAnyOrder("MGET {a}1 {a}2 {a}1", "MGET b b", "MGET missing");
		Map<String, List<@Nullable Object>> values = Map.of("MGET {a}1 {a}2 {a}1", List.of("1", "2", "1"), "MGET b b",
				List.of("B", "B"), "MGET missing", Collections.singletonList(null));
		assertThat(parts.reply(PartLines.lines(parts).<@Nullable Object>map(values::get).toList()))
			.isEqualTo(Arrays.asList("1", "B", "2", "B", "1", null));
	}

	@Test
	void msetTakesValuesAlongWithKeys() {
		CommandParts parts = split(this.jedis.mset("{a}1", "1", "b", "2", "{a}2", "3", "b", "4"));
		assertThat(PartLines.lines(parts)).containsExactlyInAnyOrder("MSET {a}1 1 {a}2 3", "MSET b 2 b 4");
		assertThat(parts.reply(List.of("OK", "OK"))).isEqualTo("OK");
	}

	@Test
	void msetnxSucceedsOnlyAsWhole() {
		CommandParts parts = split(this.jedis.msetnx("a", "1", "b", "2"));
		assertThat(PartLines.lines(parts)).containsExactly("MSETNX a 1", "MSETNX b 2");
		assertThat(parts.reply(List.of(1L, 1L))).isEqualTo(1L);
		assertThat(parts.reply(List.of(1L, 0L))).isEqualTo(0L);
	}

	@Test
	void countsAreAdded() {
		assertThat(split(this.jedis.del("a", "b")).reply(List.of(1L, 1L))).isEqualTo(2L);
		assertThat(split(this.jedis.unlink("a", "b")).reply(List.of(1L, 0L))).isEqualTo(1L);
		assertThat(split(this.jedis.exists("a", "b", "a")).reply(List.of(2L, 1L))).isEqualTo(3L);
		assertThat(split(this.jedis.touch("a", "b")).reply(List.of(0L, 0L))).isEqualTo(0L);
	}

	private static CommandParts split(CommandObject<?> command) {
		return split(command, KeySlots.CLUSTER);
	}

	private static CommandParts split(CommandObject<?> command, KeySlots slots) {
		CommandArguments arguments = command.getArguments();
		return SlotSplit.parts(arguments, CommandSpecs.of(arguments).responsePolicy(), slots);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
