package io.github.hotplate.command;

import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorReply}.
 */
class ErrorReplyTests {

	@ParameterizedTest
	@EnumSource(
			names = { "DEMOTED", "TOO_MANY_CLIENTS", "SUBSCRIBED", "NESTED_MULTI", "PROTOCOL_ERROR", "UNKNOWN_COMMAND",
					"CLUSTER_DISABLED", "NO_SUCH_DATABASE", "REJECTED_AUTH", "CUSTOM", "NONE" },
			mode = EnumSource.Mode.EXCLUDE)
	void errorsAreToldApartByTheirFirstWord(ErrorReply reply) {
		assertThat(reply(reply.name() + " and why")).isSameAs(reply);
		assertThat(reply(reply.name())).isSameAs(reply);
		assertThat(reply.code()).isEqualTo(reply.name());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ERR unknown command 'FOO', with args beginning with: | UNKNOWN_COMMAND
			ERR Unknown subcommand or wrong number of arguments for 'foo' | UNKNOWN_COMMAND
			ERR This instance has cluster support disabled | CLUSTER_DISABLED
			ERR DB index is out of range | NO_SUCH_DATABASE
			ERR max number of clients reached | TOO_MANY_CLIENTS
			ERR max number of clients + cluster connections reached | TOO_MANY_CLIENTS
			ERR Protocol error: invalid bulk length | PROTOCOL_ERROR
			ERR Can't execute 'get': only (P)SUBSCRIBE / PING / QUIT are allowed in this context | SUBSCRIBED
			ERR MULTI calls can not be nested | NESTED_MULTI
			UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?) | DEMOTED
			UNBLOCKED client unblocked via CLIENT UNBLOCK | UNBLOCKED
			UNBLOCKED the stream key no longer exists | UNBLOCKED
			EXECABORT Transaction discarded because of previous errors. | EXECABORT
			EXECABORT Transaction discarded because of: READONLY You can't write | READONLY
			EXECABORT Transaction discarded because of: a module's own reason | EXECABORT
			ERR Error running script (call to f_0): @user_script:1: @user_script: 1: -READONLY You can't | READONLY
			ERR Error running script (call to f_0): @user_script:1: attempt to index a nil value | ERR
			ERR AUTH <password> called without any password configured for the default user | REJECTED_AUTH
			ERR value is not an integer or out of range | ERR
			My own error | CUSTOM
			MYERROR of a script | CUSTOM
			LOADINGS are not loading | CUSTOM
			""")
	void errorsWithoutWordOfTheirOwnAreToldApartByTheirText(String message, ErrorReply expected) {
		assertThat(reply(message)).isSameAs(expected);
	}

	@Test
	void loginsThatOldServersRejectAreRejectedLogins() {
		assertThat(ErrorReply.of(new JedisAccessControlException("ERR invalid password")).isRejectedLogin()).isTrue();
		assertThat(ErrorReply.of(new JedisAccessControlException("NOPERM no permissions")).isRejectedLogin()).isFalse();
	}

	@Test
	void otherFailuresAreNoReplies() {
		assertThat(ErrorReply.of(new JedisConnectionException("LOADING"))).isSameAs(ErrorReply.NONE);
		assertThat(ErrorReply.of(new JedisConnectionException("Unexpected end of stream."))).isSameAs(ErrorReply.NONE);
		assertThat(ErrorReply.of(null)).isSameAs(ErrorReply.NONE);
		assertThat(reply(null)).isSameAs(ErrorReply.CUSTOM);
	}

	@Test
	void lostConnectionMayQuoteWhyItWasTurnedAway() {
		assertThat(ErrorReply.of(new JedisConnectionException("ERR max number of clients reached")))
			.isSameAs(ErrorReply.TOO_MANY_CLIENTS);
		assertThat(ErrorReply.of(new JedisConnectionException("DENIED Redis is running in protected mode")))
			.isSameAs(ErrorReply.DENIED);
	}

	@Test
	void meaningsAreThoseOfRedis() {
		assertThat(those(ErrorReply::isRefused)).containsExactly(ErrorReply.MOVED, ErrorReply.ASK, ErrorReply.REDIRECT,
				ErrorReply.CLUSTERDOWN, ErrorReply.TRYAGAIN, ErrorReply.LOADING, ErrorReply.MASTERDOWN,
				ErrorReply.READONLY, ErrorReply.DEMOTED, ErrorReply.TOO_MANY_CLIENTS, ErrorReply.DENIED,
				ErrorReply.SUBSCRIBED, ErrorReply.NESTED_MULTI);
		assertThat(those(ErrorReply::isStaleNode)).containsExactly(ErrorReply.LOADING, ErrorReply.MASTERDOWN);
		assertThat(those(ErrorReply::isUninformedReplica)).containsExactly(ErrorReply.LOADING, ErrorReply.MASTERDOWN,
				ErrorReply.BUSY, ErrorReply.NOSCRIPT);
		assertThat(those(ErrorReply::isWrongNode)).containsExactly(ErrorReply.MOVED, ErrorReply.REDIRECT,
				ErrorReply.READONLY, ErrorReply.DEMOTED);
		assertThat(those(ErrorReply::isClusterDown)).containsExactly(ErrorReply.CLUSTERDOWN);
		assertThat(those(ErrorReply::isTurnedAway)).containsExactly(ErrorReply.TOO_MANY_CLIENTS, ErrorReply.DENIED);
		assertThat(those(ErrorReply::isRejectedLogin)).containsExactly(ErrorReply.NOAUTH, ErrorReply.WRONGPASS,
				ErrorReply.REJECTED_AUTH);
		assertThat(those(ErrorReply::isForbidden)).containsExactly(ErrorReply.NOPERM);
		assertThat(those(ErrorReply::isNeverAnswered)).containsExactly(ErrorReply.NOPERM, ErrorReply.UNKNOWN_COMMAND);
		assertThat(those(ErrorReply::breaksConnection)).containsExactly(ErrorReply.DEMOTED, ErrorReply.TOO_MANY_CLIENTS,
				ErrorReply.DENIED, ErrorReply.SUBSCRIBED, ErrorReply.NESTED_MULTI, ErrorReply.PROTOCOL_ERROR,
				ErrorReply.NOAUTH);
		assertThat(those(ErrorReply::isServerState)).containsExactly(ErrorReply.REDIRECT, ErrorReply.TRYAGAIN,
				ErrorReply.LOADING, ErrorReply.MASTERDOWN, ErrorReply.READONLY, ErrorReply.DEMOTED,
				ErrorReply.UNBLOCKED, ErrorReply.SUBSCRIBED, ErrorReply.NESTED_MULTI, ErrorReply.BUSY, ErrorReply.OOM,
				ErrorReply.NOREPLICAS, ErrorReply.MISCONF);
	}

	@Test
	void codesAreBounded() {
		assertThat(reply("ERR unknown command").code()).isEqualTo("ERR");
		assertThat(reply("MYERROR of a script").code()).isNull();
		assertThat(ErrorReply.NONE.code()).isNull();
	}

	private static Stream<ErrorReply> those(Predicate<ErrorReply> meaning) {
		return Stream.of(ErrorReply.values()).filter(meaning);
	}

	private static ErrorReply reply(String message) {
		return ErrorReply.of(new JedisDataException(message));
	}

}
