package io.github.hotplate.command;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorReplies}.
 */
class ErrorRepliesTests {

	private static final CommandArguments SCRIPT = new CommandObjects().eval("return 1", 1, "key").getArguments();

	private final HostAndPort target = new HostAndPort("host", 1);

	@ParameterizedTest
	@ValueSource(strings = { "TRYAGAIN later", "READONLY mode", "LOADING the truck", "CLUSTERDOWN for maintenance",
			"MASTERDOWN", "NOAUTH", "UNBLOCKED instance state changed", "NOSCRIPT for this scene",
			"LOADING my cache is loading the dataset in memory", "MASTERDOWN Link with MASTER is down: my reason",
			"NOSCRIPT No matching script. Please use EVAL.", "ERR Error running script mine: -TRYAGAIN later",
			"ERR Error running script (call to f_0f): mine: -READONLY today", "DENIED by the script", "WRONGPASS mine",
			"ERR AUTH <password> called by me", "REDIRECT host:1", "ERR max number of clients reached",
			"ERR Protocol error of my own" })
	void scriptDoesNotSpeakForServer(String message) {
		JedisDataException own = ErrorReplies.unmask(new JedisDataException(message), SCRIPT, (reply) -> true);
		assertThat(ErrorReply.of(own)).isIn(ErrorReply.CUSTOM, ErrorReply.UNBLOCKED);
		assertThat(own).hasNoCause();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					TRYAGAIN Multiple keys request during rehashing of slot | TRYAGAIN
					CLUSTERDOWN Hash slot not served | CLUSTERDOWN
					CLUSTERDOWN The cluster is down and only accepts read commands | CLUSTERDOWN
					LOADING Valkey is loading the dataset in memory | LOADING
					MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'. | MASTERDOWN
					MASTERDOWN Link with MASTER is down, replica-serve-stale-data is set to 'no' and 'allow-stale' flag is not set on the script. | MASTERDOWN
					READONLY You can't write against a read only replica. | READONLY
					READONLY You can't write against a read only replica. script: 0f, on @user_script:1. | READONLY
					READONLY Can not run script with write flag on readonly replica | READONLY
					MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'. script: 0f | MASTERDOWN
					WRONGTYPE Operation against a key holding the wrong kind of value script: 0f | WRONGTYPE
					""")
	void serverSpeaksForItself(String message, ErrorReply expected) {
		JedisDataException error = new JedisDataException(message);
		assertThat(ErrorReplies.unmask(error, SCRIPT, (reply) -> true)).isSameAs(error);
		assertThat(ErrorReply.of(error)).isSameAs(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRYAGAIN Multiple keys request during rehashing of slot",
			"READONLY You can't write against a read only replica.", "LOADING Redis is loading the dataset in memory" })
	void scriptThatQuotesServerIsNotBelieved(String message) {
		JedisDataException own = ErrorReplies.unmask(new JedisDataException(message), SCRIPT, (reply) -> false);
		assertThat(ErrorReply.of(own)).isSameAs(ErrorReply.CUSTOM);
		assertThat(own).hasMessage(message).hasNoCause();
	}

	@Test
	void redisBefore70SaysWhichScriptCouldNotWrite() {
		JedisDataException error = new JedisDataException("ERR Error running script (call to f_" + "0f".repeat(20)
				+ "): @user_script:1: @user_script: 1: -READONLY You can't write against a read only replica.");
		assertThat(ErrorReplies.unmask(error, SCRIPT, (reply) -> reply == ErrorReply.READONLY)).isSameAs(error);
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOSCRIPT No matching script. Please use EVAL.", "NOSCRIPT No matching script." })
	void serverDoesNotKnowScript(String message) {
		JedisDataException error = new JedisDataException(message);
		CommandArguments evalSha = new CommandObjects().evalsha("0f", 1, "key").getArguments();
		assertThat(ErrorReplies.unmask(error, evalSha, (reply) -> false)).isSameAs(error);
		JedisDataException own = new JedisDataException("NOSCRIPT No matching script for tenant 7");
		assertThat(ErrorReply.of(ErrorReplies.unmask(own, evalSha, (reply) -> true))).isSameAs(ErrorReply.CUSTOM);
	}

	@Test
	void serverRedirectsSlotOfKeysOnly() {
		int slot = CommandKeys.slot("key");
		JedisDataException moved = new JedisMovedDataException("MOVED", this.target, slot);
		assertThat(ErrorReplies.unmask(moved, SCRIPT, (reply) -> true)).isSameAs(moved);
		assertThat(ErrorReply.of(ErrorReplies.unmask(new JedisMovedDataException("MOVED", this.target, slot + 1),
				SCRIPT, (reply) -> true)))
			.isSameAs(ErrorReply.CUSTOM);
		CommandArguments withoutKeys = new CommandObjects().eval("return 1").getArguments();
		assertThat(ErrorReply.of(ErrorReplies.unmask(moved, withoutKeys, (reply) -> true))).isSameAs(ErrorReply.CUSTOM);
	}

	@Test
	void othersThanScriptsAreBelieved() {
		JedisDataException error = new JedisDataException("TRYAGAIN in words of a later Redis");
		assertThat(ErrorReplies.unmask(error, new CommandArguments(Command.GET).key("key"), (reply) -> false))
			.isSameAs(error);
	}

	@Test
	void springRunsNoScriptAgainThatHasRun() {
		assertThat(ErrorReplies.unmask(new JedisDataException("NOSCRIPT of mine"), SCRIPT, (reply) -> true))
			.hasMessage("NO SCRIPT of mine");
	}

	@Test
	void placeChangesNoMeaning() {
		JedisDataException own = ErrorReplies.unmask(new JedisDataException("TRYAGAIN later"), SCRIPT, (reply) -> true);
		assertThat(ErrorReply.of(ErrorReplies.locate(own, " (command 1)"))).isSameAs(ErrorReply.CUSTOM);
		JedisDataException oom = ErrorReplies.locate(new JedisDataException("OOM no"), " (command 1)");
		assertThat(oom).hasMessage("OOM no (command 1)");
		assertThat(ErrorReply.of(oom)).isSameAs(ErrorReply.OOM);
	}

}
