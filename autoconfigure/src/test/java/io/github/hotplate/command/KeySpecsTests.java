package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.RedisConnectionFailureException;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link KeySpecs}.
 */
class KeySpecsTests {

	/**
	 * What Redis before 7.0 says of SET: its key is the first argument.
	 */
	private static final List<?> SET = List.of(Arrays.asList("set", -3L, List.of(), 1L, 1L, 1L));

	private static final RuntimeException FORBIDDEN = new JedisAccessControlException(
			"NOPERM User app has no permissions to run the 'command|info' command");

	private static final RuntimeException BUSY = new JedisDataException("BUSY Redis is busy running a script");

	private static final RuntimeException LOST = new JedisConnectionException("expected");

	private static final RuntimeException DOWN = new DataAccessResourceFailureException("expected");

	/**
	 * What Redis says next, each time that it is asked.
	 */
	private final Queue<Object> replies = new ArrayDeque<>();

	private final KeySpecs optional = KeySpecs.optional(this::reply);

	private final KeySpecs required = KeySpecs.required(this::reply);

	@Test
	void redisIsAskedOnceForEachName() {
		this.replies.add(SET);
		assertThat(keys(this.required)).containsExactly("key");
		assertThat(keys(this.required)).containsExactly("key");
		assertThat(this.replies).isEmpty();
	}

	@Test
	void namesThatRedisDoesNotKnowTakeNoPlaceFromCommands() {
		for (int i = 0; i < 1_100; i++) {
			this.replies.add(Collections.singletonList(null));
			keys(this.required, "MADE.UP." + i + " key");
		}
		redisIsAskedOnceForEachName();
	}

	@Test
	void redisIsAskedAgainAfterPassingFailure() {
		for (RuntimeException failure : List.of(BUSY, new JedisDataException("LOADING"), LOST, DOWN)) {
			this.replies.addAll(List.of(failure, SET));
			KeySpecs specs = KeySpecs.optional(this::reply);
			assertThat(keys(specs)).isEmpty();
			assertThat(keys(specs)).containsExactly("key");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOPERM", "ERR unknown command 'COMMAND'", "ERR Unknown subcommand 'INFO'" })
	void redisIsNotAskedAgainAfterLastingRefusal(String refusal) {
		this.replies.add(new JedisDataException(refusal));
		assertThat(keys(this.optional)).isEmpty();
		assertThat(keys(this.optional)).isEmpty();
		assertThat(this.replies).isEmpty();
	}

	@Test
	void commandFailsWhereItsPlaceIsUnknown() {
		for (RuntimeException failure : List.of(BUSY, DOWN)) {
			this.replies.add(failure);
			assertThat(catchThrowable(() -> keys(this.required))).isSameAs(failure);
		}
		this.replies.add(SET);
		assertThat(keys(this.required)).containsExactly("key");
	}

	@Test
	void serverThatDiesMeanwhileIsNoFailure() {
		this.replies.addAll(List.of(LOST, new RedisConnectionFailureException("expected"), SET));
		assertThat(keys(this.required)).containsExactly("key");
		this.replies.addAll(Collections.nCopies(5, LOST));
		KeySpecs specs = KeySpecs.required(this::reply);
		assertThat(catchThrowable(() -> keys(specs))).isSameAs(LOST);
		assertThat(this.replies).isEmpty();
	}

	@Test
	void commandsAreAskedForWhereSubcommandsAreNotKnown() {
		this.replies.add(Collections.singletonList(null));
		this.replies.add(List.of(Arrays.asList("object", -2L, List.of(), 2L, 2L, 1L)));
		assertThat(keys(this.required, "OBJECT ENCODING key")).containsExactly("key");
	}

	@Test
	void commandWithHiddenKeysFailsWhereItsPlaceIsUnknown() {
		Object hidden = List
			.of(Arrays.asList("module.do", -2L, List.of(bytes("write"), bytes("movablekeys")), 0L, 0L, 0L));
		this.replies.addAll(List.of(hidden, hidden));
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> keys(this.required, "MODULE.DO key"))
			.withMessageContainingAll("does not report its key positions", "execute(\"MODULE.DO\")");
		assertThat(keys(this.optional, "MODULE.DO key")).isEmpty();
	}

	@Test
	void commandWithFurtherKeysElsewhereFailsWhereItsPlaceIsUnknown() {
		this.replies.add(List.of(Arrays.asList("zunionstore", -4L, List.of(bytes("movablekeys")), 1L, 1L, 1L)));
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> keys(this.required, "ZUNIONSTORE into 2 a b"));
	}

	@Test
	void redisIsNotAskedWhereItsAnswerIsIncomplete() {
		assertThat(keys(this.required, "SORT key LIMIT 0 1 STORE into")).containsExactly("key", "into");
		assertThat(keys(this.required, "KEYS pattern")).isEmpty();
	}

	@Test
	void failureNamesCommandAndRemedyWhereAskingIsForbidden() {
		this.replies.addAll(List.of(FORBIDDEN, SET));
		assertThatExceptionOfType(JedisAccessControlException.class).isThrownBy(() -> keys(this.required))
			.withMessageContainingAll("SET", "COMMAND INFO", "+command|info", "NOPERM")
			.withCause(FORBIDDEN);
		assertThat(keys(this.required)).containsExactly("key");
	}

	@Test
	void commandsOfOnePlaceNeedNoKeys() {
		this.replies.addAll(List.of(FORBIDDEN, FORBIDDEN));
		assertThat(keys(this.required.asOptional())).isEmpty();
		assertThat(keys(this.required.asOptional())).isEmpty();
		assertThatExceptionOfType(JedisAccessControlException.class).isThrownBy(() -> keys(this.required));
		assertThat(this.replies).isEmpty();
	}

	@Test
	void cacheIsShared() {
		this.replies.add(SET);
		assertThat(keys(this.required.asOptional())).containsExactly("key");
		assertThat(keys(this.required)).containsExactly("key");
		assertThat(this.replies).isEmpty();
	}

	@Test
	void commandsOfOnePlaceMayHideTheirKeys() {
		this.replies.add(List.of(Arrays.asList("module.do", -2L, List.of(bytes("movablekeys")), 0L, 0L, 0L)));
		assertThat(keys(this.required.asOptional(), "MODULE.DO key")).isEmpty();
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> keys(this.required, "MODULE.DO key"));
	}

	private static List<String> keys(KeySpecs specs) {
		return keys(specs, "SET key value");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static List<String> keys(KeySpecs specs, String command) {
		return specs.mark(Commands.command(command)).getArguments().getKeys().stream().map(CommandKeys::text).toList();
	}

	private @Nullable Object reply(CommandObject<Object> command) {
		Object reply = this.replies.remove();
		if (reply instanceof RuntimeException failure) {
			throw failure;
		}
		return reply;
	}

}
