package io.github.hotplate.command;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.params.SetParams;

import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Idempotence}.
 */
class IdempotenceTests {

	private static final long NOW = 1_000_000;

	@ParameterizedTest
	@ValueSource(strings = { "GET key", "MGET a b", "HGETALL key", "ZRANGE key 0 -1", "SCAN 0" })
	void readsMayRunTwice(String line) {
		assertThat(mayRunTwice(line)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PING", "INFO", "INFO server", "TIME", "CONFIG GET maxmemory", "CLUSTER INFO",
			"cluster nodes", "CLUSTER COUNTKEYSINSLOT 1", "CLIENT LIST", "COMMAND INFO get", "SCRIPT EXISTS sha",
			"ACL WHOAMI", "CLIENT GETNAME", "CLUSTER SHARDS", "COMMAND COUNT", "LATENCY LATEST", "MEMORY DOCTOR",
			"OBJECT HELP", "PUBSUB CHANNELS", "SLOWLOG LEN", "WATCH key", "UNWATCH" })
	void questionsAboutRedisMayBeAskedTwice(String line) {
		assertThat(mayRunTwice(line)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET key value", "set key value", "SET key value EX 10", "SET key value PXAT 1",
			"SET key value KEEPTTL", "SETEX key 10 value", "PSETEX key 10 value", "MSET a 1 b 2", "HMSET key field 1",
			"SETRANGE key 0 value", "PFMERGE key other", "JSON.SET key $ 1", "JSON.SET key . 1",
			"CONFIG SET maxmemory 0", "SCRIPT LOAD script" })
	void writesOfGivenValueMayRunTwice(String line) {
		assertThat(mayRunTwice(line)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET key value NX", "SET key value XX", "SET key value GET", "set key value nx",
			"SET key value EX 10 NX", "SET key value NX EX 10", "SET key value KEEPTTL GET", "SET key value IFEQ old",
			"SET key value IFNE old", "SET key value IFDEQ digest", "SET key value IFDNE digest", "EXPIRE key 1000 NX",
			"EXPIRE key 1000 XX", "EXPIRE key 1000 GT", "EXPIRE key 1000 lt", "PEXPIRE key 1000000 NX",
			"EXPIREAT key 99999999999 GT", "PEXPIREAT key 99999999999999 LT", "JSON.SET key $ 1 NX",
			"JSON.SET key $ 1 XX" })
	void writesWithConditionMayNot(String line) {
		assertThat(mayRunTwice(line)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET key NX", "SET key GET", "SET NX NX", "SET GET value EX 10", "SETEX key 10 NX",
			"PSETEX key 10 GET", "MSET a NX b XX", "HMSET key NX GET", "SETRANGE key 0 XX", "EXPIRE NX 1000",
			"PFMERGE key NX", "CONFIG SET a GET" })
	void keysAndValuesNamedLikeConditionsAreNone(String line) {
		assertThat(mayRunTwice(line)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "LSET key 0 value", "XGROUP SETID key group $", "XGROUP SETID key group 0", "FLUSHALL",
			"FLUSHDB", "SCRIPT FLUSH", "FT.CURSOR READ index 1", "JSON.SET key $.list[0] 1", "XREAD STREAMS key $",
			"XREAD COUNT 1 BLOCK 0 STREAMS a b 0 $", "XREADGROUP GROUP group consumer NOACK STREAMS key >",
			"xreadgroup GROUP group consumer COUNT 1 noack STREAMS key >" })
	@Report("second run after a lost reply")
	void writesThatMayHitWhatOthersHaveDoneMeanwhileMayNot(String line) {
		assertThat(mayRunTwice(line)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "XREAD STREAMS key 0", "XREAD STREAMS key 1-1", "XREAD BLOCK 10 STREAMS a b 0 +",
			"XREADGROUP GROUP group consumer STREAMS key >", "XREADGROUP GROUP NOACK consumer STREAMS key >",
			"XREADGROUP GROUP group NOACK COUNT 17 BLOCK 0 STREAMS key >",
			"XREADGROUP GROUP group consumer STREAMS NOACK >", "XREADGROUP GROUP group consumer STREAMS a b > 0" })
	@Report("spring-data-redis #2833")
	void readsOfStreamsMayRunTwiceUnlessEntriesWouldBeSkipped(String line) {
		assertThat(mayRunTwice(line)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "INCR key", "DECRBY key 1", "INCRBYFLOAT key 1", "APPEND key value", "HINCRBY key f 1",
			"LPUSH key value", "RPOP key", "ZINCRBY key 1 member", "XADD key * field value", "PUBLISH channel text",
			"SPOP key", "COPY a b", "RENAME a b" })
	void writesThatAddUpMayNot(String line) {
		assertThat(mayRunTwice(line)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "DEL key", "UNLINK key", "SADD key member", "SREM key member", "HSET key field value",
			"HDEL key field", "ZADD key 1 member", "PERSIST key", "SETNX key value", "MSETNX a 1 b 2",
			"GETSET key value", "GETDEL key" })
	void writesWhoseReplyTellsOfTheFirstRunMayNot(String line) {
		assertThat(mayRunTwice(line)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "EXPIRE key 61", "expire key 61", "PEXPIRE key 60001", "EXPIREAT key 1061",
			"PEXPIREAT key 1060001", "GETEX key", "GETEX key PERSIST", "GETEX key EX 61", "getex key ex 61",
			"GETEX key PX 60001", "GETEX key EXAT 1061", "GETEX key PXAT 1060001" })
	void keyThatExpiresLaterIsStillThereForSecondRun(String line) {
		assertThat(mayRunTwice(line, NOW)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "EXPIRE key 60", "EXPIRE key 0", "EXPIRE key -1", "PEXPIRE key 60000", "PEXPIRE key -1",
			"EXPIREAT key 1060", "EXPIREAT key 999", "EXPIREAT key 0", "EXPIREAT key -1", "PEXPIREAT key 1060000",
			"PEXPIREAT key -1", "EXPIRE key soon", "EXPIRE key", "GETEX key EX 60", "GETEX key PX 60000",
			"GETEX key EXAT 1060", "GETEX key PXAT 0", "GETEX key EX", "GETEX key NO.SUCH 61" })
	void keyThatMayBeGoneIsNotThereForSecondRun(String line) {
		assertThat(mayRunTwice(line, NOW)).isFalse();
	}

	@Test
	void moreThanLongestTimeIsFar() {
		assertThat(mayRunTwice("EXPIREAT key " + Long.MAX_VALUE, NOW)).isTrue();
		assertThat(mayRunTwice("EXPIREAT key " + Long.MIN_VALUE, NOW)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "EVAL script 0", "FCALL function 0", "NO.SUCH command", "CONFIG REWRITE",
			"CLUSTER FAILOVER", "CLIENT KILL 127.0.0.1:1", "ACL SETUSER user", "ACL LOG RESET", "LATENCY RESET",
			"MEMORY PURGE", "SLOWLOG RESET", "MULTI", "EXEC" })
	void whatIsNotKnownMayNot(String line) {
		assertThat(mayRunTwice(line)).isFalse();
	}

	@Test
	void optionsAreFoundAsJedisWritesThem() {
		CommandObjects jedis = new CommandObjects();
		assertThat(mayRunTwice(jedis.set("key", "value", SetParams.setParams().ex(10)).getArguments())).isTrue();
		assertThat(mayRunTwice(jedis.set("key", "value", SetParams.setParams().nx()).getArguments())).isFalse();
		assertThat(mayRunTwice(jedis.setGet("key", "value").getArguments())).isFalse();
	}

	private static boolean mayRunTwice(String line, long now) {
		CommandArguments arguments = Commands.arguments(line);
		return CommandSpecs.of(arguments).mayRunTwice(arguments, now);
	}

	private static boolean mayRunTwice(String line) {
		return mayRunTwice(Commands.arguments(line));
	}

	private static boolean mayRunTwice(CommandArguments arguments) {
		return CommandSpecs.of(arguments).mayRunTwice(arguments, System.currentTimeMillis());
	}

}
