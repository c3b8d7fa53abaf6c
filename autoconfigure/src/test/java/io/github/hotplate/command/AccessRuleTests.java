package io.github.hotplate.command;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AccessRule}.
 */
class AccessRuleTests {

	@ParameterizedTest
	@ValueSource(strings = { "GET k", "MGET k l", "HGETALL k", "TTL k", "ZRANGE k 0 1", "XREAD STREAMS k 0",
			"PFCOUNT k", "SORT_RO k", "EVAL_RO script 1 k", "OBJECT ENCODING k", "BITCOUNT k", "GEOSEARCH k",
			"JSON.GET k", "XREADGROUP GROUP g c STREAMS k >" })
	void keysAreRead(String command) {
		assertThat(rule(command)).isEqualTo(AccessRule.READ);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET k v", "MSET k v", "DEL k", "INCR k", "GETDEL k", "GETEX k", "GETSET k v",
			"LMOVE k l LEFT LEFT", "RPOPLPUSH k l", "SMOVE k l m", "RENAME k l", "BLPOP k 0", "XADD k * f v",
			"XGROUP CREATE k g 0", "EVAL script 1 k", "EVALSHA sha 1 k", "FCALL f 1 k", "EXPIRE k 1", "JSON.SET k . v",
			"MYMODULE.TURN k" })
	void keysAreWritten(String command) {
		assertThat(rule(command)).isEqualTo(AccessRule.WRITE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ZUNIONSTORE d 1 s", "ZINTERSTORE d 1 s", "ZDIFFSTORE d 1 s", "ZRANGESTORE d s 0 1",
			"SUNIONSTORE d s", "SINTERSTORE d s", "SDIFFSTORE d s", "PFMERGE d s", "BITOP AND d s",
			"GEOSEARCHSTORE d s" })
	void destinationIsWrittenAndSourcesAreRead(String command) {
		assertThat(rule(command).writes(0)).isTrue();
		assertThat(rule(command).reads(0)).isFalse();
		assertThat(rule(command).reads(1)).isTrue();
		assertThat(rule(command).writes(1)).isFalse();
		assertThat(rule(command).reads(2)).isTrue();
		assertThat(rule(command).writes(2)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "COPY s d", "SORT s STORE d", "GEORADIUS s 0 0 1 m STORE d" })
	void sourceIsReadAndDestinationIsWritten(String command) {
		assertThat(rule(command).reads(0)).isTrue();
		assertThat(rule(command).writes(0)).isFalse();
		assertThat(rule(command).writes(1)).isTrue();
		assertThat(rule(command).reads(1)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "WATCH k", "SPUBLISH c m", "PING", "MULTI" })
	void otherCommandsDoNotCount(String command) {
		assertThat(rule(command)).isEqualTo(AccessRule.NONE);
	}

	private static AccessRule rule(String command) {
		CommandArguments arguments = Commands.arguments(command);
		return CommandSpecs.of(arguments).access();
	}

}
