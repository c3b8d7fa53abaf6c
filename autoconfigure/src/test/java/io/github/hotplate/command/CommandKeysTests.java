package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.params.ZRangeParams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandKeys}.
 */
class CommandKeysTests {

	private final CommandObjects jedis = new CommandObjects();

	@Test
	void keysKeepTheirOrderAndRepetitions() {
		assertThat(keys(this.jedis.mget("a", "b", "a").getArguments())).containsExactly("a", "b", "a");
	}

	@Test
	void valuesAreNoKeys() {
		assertThat(keys(this.jedis.mset("a", "1", "b", "2").getArguments())).containsExactly("a", "b");
	}

	@Test
	void commandWithoutKeysHasNone() {
		assertThat(keys(this.jedis.ping().getArguments())).isEmpty();
	}

	@Test
	void patternIsNoKey() {
		assertThat(keys(this.jedis.keys("a*").getArguments())).isEmpty();
	}

	@Test
	void sourceOfStoredRangeIsKeyToo() {
		assertThat(keys(this.jedis.zrangestore("a", "b", new ZRangeParams(0, 1)).getArguments())).containsExactly("a",
				"b");
	}

	@Test
	void keysOfScriptAreCounted() {
		assertThat(keys(this.jedis.eval("return 1", 2, "a", "b", "argument").getArguments())).containsExactly("a", "b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EVAL script 1 key argument", "evalsha digest 1 key argument", "EVAL_RO script 1 key",
			"EVALSHA_RO digest 1 key", "FCALL function 1 key argument", "FCALL_RO function 1 key" })
	void keysOfScriptSentByNameAreCounted(String line) {
		assertThat(keys(Commands.arguments(line))).containsExactly("key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EVAL", "EVAL script", "EVAL script 0", "EVAL script 0 argument", "EVAL script -1 a",
			"EVAL script many a" })
	void scriptWithoutKeysHasNone(String line) {
		assertThat(keys(Commands.arguments(line))).isEmpty();
	}

	@Test
	void scriptThatPromisesTooManyKeysHasThoseGiven() {
		assertThat(keys(Commands.arguments("EVAL script 999999999 a b"))).containsExactly("a", "b");
	}

	@ParameterizedTest
	@CsvSource({ "123456789, 12739", "foo, 12182", "'', 0" })
	void slotIsChecksumOfKey(String key, int slot) {
		assertThat(CommandKeys.slot(key)).isEqualTo(slot);
		assertThat(CommandKeys.slot(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(slot);
	}

	@ParameterizedTest
	@CsvSource({ "{user1000}.following, user1000", "foo{{bar}}zap, {bar", "foo{bar}{zap}, bar", "ä{ö}ü, ö" })
	void slotIsChecksumOfHashTag(String key, String tag) {
		assertThat(CommandKeys.slot(key)).isEqualTo(CommandKeys.slot(tag));
		assertThat(CommandKeys.slot(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(CommandKeys.slot(tag));
	}

	@ParameterizedTest
	@CsvSource({ "foo{}{bar}, bar", "{}bar, bar", "foo}bar{, bar" })
	void emptyOrUnclosedBracesAreNoHashTag(String key, String noTag) {
		assertThat(CommandKeys.slot(key)).isNotEqualTo(CommandKeys.slot(noTag));
	}

	@Test
	void binaryKeyIsShownAsText() {
		assertThat(CommandKeys.text("clé".getBytes(StandardCharsets.UTF_8))).isEqualTo("clé");
		assertThat(CommandKeys.text("clé")).isEqualTo("clé");
	}

	private static List<String> keys(CommandArguments arguments) {
		return CommandKeys.of(CommandSpecs.of(arguments), arguments).stream().map(CommandKeys::text).toList();
	}

}
