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
	@EnumSource(names = { "UNKNOWN_COMMAND", "CLUSTER_DISABLED", "NO_SUCH_DATABASE", "TOO_MANY_CLIENTS",
			"REJECTED_AUTH", "CUSTOM", "NONE" }, mode = EnumSource.Mode.EXCLUDE)
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
		assertThat(ErrorReply.of(null)).isSameAs(ErrorReply.NONE);
		assertThat(reply(null)).isSameAs(ErrorReply.CUSTOM);
	}

	@Test
	void meaningsAreThoseOfRedis() {
		assertThat(those(ErrorReply::isRefused)).containsExactly(ErrorReply.MOVED, ErrorReply.ASK,
				ErrorReply.CLUSTERDOWN, ErrorReply.TRYAGAIN, ErrorReply.LOADING, ErrorReply.MASTERDOWN,
				ErrorReply.READONLY);
		assertThat(those(ErrorReply::isServerState)).containsExactly(ErrorReply.TRYAGAIN, ErrorReply.LOADING,
				ErrorReply.MASTERDOWN, ErrorReply.READONLY, ErrorReply.BUSY, ErrorReply.OOM, ErrorReply.NOREPLICAS,
				ErrorReply.MISCONF);
		assertThat(those(ErrorReply::isStaleNode)).containsExactly(ErrorReply.LOADING, ErrorReply.MASTERDOWN);
		assertThat(those(ErrorReply::isWrongNode)).containsExactly(ErrorReply.MOVED, ErrorReply.READONLY);
		assertThat(those(ErrorReply::isRejectedLogin)).containsExactly(ErrorReply.NOAUTH, ErrorReply.WRONGPASS,
				ErrorReply.REJECTED_AUTH);
		assertThat(those(ErrorReply::isForbidden)).containsExactly(ErrorReply.NOPERM);
		assertThat(those(ErrorReply::isNeverAnswered)).containsExactly(ErrorReply.NOPERM, ErrorReply.UNKNOWN_COMMAND);
		assertThat(those(ErrorReply::breaksConnection)).containsExactly(ErrorReply.NOAUTH, ErrorReply.DENIED,
				ErrorReply.TOO_MANY_CLIENTS);
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
