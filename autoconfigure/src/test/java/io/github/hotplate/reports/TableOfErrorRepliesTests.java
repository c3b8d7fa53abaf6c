package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.NodeUnreachableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Walks through the table of error replies, {@link ErrorReply}, on every path: what is
 * refused is sent once more and runs once, and what is final has the same type
 * everywhere.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableOfErrorRepliesTests {

	private static final String KEY = "counter";

	private ScriptedServer server;

	private TestClient client;

	private StringRedisTemplate redis;

	private int incremented;

	private int ran;

	@BeforeAll
	void start() {
		this.server = ScriptedServer.start();
		this.client = TestClient.start(this.server.url());
		this.redis = this.client.redis();
	}

	@AfterAll
	void stop() {
		this.client.close();
		this.server.close();
	}

	@BeforeEach
	void count() {
		this.incremented = this.server.received("INCR");
		this.ran = this.server.ran("INCR");
	}

	@ParameterizedTest
	@MethodSource("replies")
	void singleCommand(ErrorReply reply) {
		refuse("INCR", reply);
		Throwable failure = catchThrowable(() -> assertThat(this.redis.opsForValue().increment(KEY)).isOne());
		thenIsAsTheTableSays(reply, failure);
	}

	@ParameterizedTest
	@MethodSource("replies")
	void pipeline(ErrorReply reply) {
		refuse("INCR", reply);
		Throwable failure = catchThrowable(() -> assertThat(pipelined()).containsExactly(true, 1L));
		thenIsAsTheTableSays(reply, (failure != null) ? failure.getCause() : null);
		if (failure != null) {
			assertThat(failure.getCause()).hasMessage(text(reply) + " (command 1, INCR, of pipeline)");
		}
	}

	@ParameterizedTest
	@MethodSource("replies")
	void commandInTransaction(ErrorReply reply) {
		refuse("INCR", reply);
		Throwable failure = catchThrowable(() -> assertThat(transaction()).containsExactly(1L));
		thenIsAsTheTableSays(reply, failure);
	}

	@ParameterizedTest
	@MethodSource("replies")
	void multi(ErrorReply reply) {
		refuse("MULTI", reply);
		Throwable failure = catchThrowable(() -> assertThat(transaction()).containsExactly(1L));
		thenHasType(reply, failure);
		// Never outside of the transaction.
		assertThat(this.server.received("INCR") - this.incremented).isEqualTo(reply.isRefused() ? 1 : 0);
	}

	@ParameterizedTest
	@MethodSource("replies")
	void exec(ErrorReply reply) {
		this.server.refuse("EXEC",
				isOfCluster(reply) ? text(reply) : "EXECABORT Transaction discarded because of: " + text(reply), false);
		Throwable failure = catchThrowable(() -> assertThat(transaction()).containsExactly(1L));
		thenIsAsTheTableSays(reply, failure);
	}

	@ParameterizedTest
	@MethodSource("replies")
	void watch(ErrorReply reply) {
		int watched = this.server.received("WATCH");
		refuse("WATCH", reply);
		Throwable failure = catchThrowable(() -> inSession((operations) -> {
			operations.watch(KEY);
			operations.multi();
			operations.opsForValue().increment(KEY);
			return operations.exec();
		}));
		thenHasType(reply, failure);
		assertThat(this.server.received("WATCH") - watched).isEqualTo(reply.isRefused() ? 2 : 1);
		assertThat(this.server.ran("INCR") - this.ran).isEqualTo(reply.isRefused() ? 1 : 0);
	}

	@ParameterizedTest
	@MethodSource("replies")
	void partOfSplitCommand(ErrorReply reply) {
		int deleted = this.server.received("DEL");
		this.server.refuse("DEL", text(reply), reply.isTurnedAway());
		Throwable failure = catchThrowable(() -> assertThat(this.redis.delete(List.of("a", "b"))).isEqualTo(2));
		thenHasType(reply, failure);
		assertThat(this.server.received("DEL") - deleted).isEqualTo(reply.isRefused() ? 3 : 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "EVAL", "EVALSHA", "FCALL" })
	void scriptsOwnErrorIsFinal(String command) {
		for (String own : List.of("TRYAGAIN later", "READONLY mode", "LOADING the truck", "CLUSTERDOWN today",
				"MOVED 1 " + this.server.address(), "MOVED to another house", "MOVED 1 x", "ASK me later",
				"ASK 1 host:port", "NOSCRIPT of mine", "ERR max number of clients reached")) {
			int received = this.server.received(command);
			this.server.refuse(command, own, false);
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> script(command));
			this.server.refuse(command, own, false);
			Throwable inPipeline = catchThrowable(
					() -> this.redis.executePipelined((RedisCallback<Object>) (connection) -> connection
						.execute(command, bytes("script"), bytes("1"), bytes(KEY))));
			assertThat(inPipeline).hasCauseInstanceOf(InvalidDataAccessApiUsageException.class);
			assertThat(this.server.received(command) - received).as(own).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "EVAL", "EVALSHA", "FCALL" })
	void serversRefusalOfScriptIsRetried(String command) {
		int received = this.server.received(command);
		int expected = 0;
		for (ErrorReply reply : List.of(ErrorReply.MOVED, ErrorReply.ASK, ErrorReply.CLUSTERDOWN, ErrorReply.TRYAGAIN,
				ErrorReply.LOADING, ErrorReply.MASTERDOWN, ErrorReply.READONLY)) {
			refuse(command, reply);
			refuse("EVAL", reply);
			assertThat(script(command)).isEqualTo(1L);
			expected += command.equals("EVAL") ? 3 : 2;
		}
		assertThat(this.server.received(command) - received).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "EVAL", "EVALSHA", "FCALL" })
	@Report("errors of a script's own")
	void scriptThatQuotesServerIsFinal(String command) {
		int received = this.server.received(command);
		int expected = 0;
		for (ErrorReply reply : List.of(ErrorReply.MOVED, ErrorReply.ASK, ErrorReply.CLUSTERDOWN, ErrorReply.TRYAGAIN,
				ErrorReply.LOADING, ErrorReply.MASTERDOWN, ErrorReply.READONLY)) {
			refuse(command, reply);
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> script(command));
			expected += command.equals("EVAL") ? 2 : 1;
		}
		assertThat(this.server.received(command) - received).isEqualTo(expected);
	}

	@Test
	@Report("errors of a script's own")
	void roleTellsWhereServerDoesNotCompileProbe() {
		int received = this.server.received("FCALL");
		refuse("FCALL", ErrorReply.READONLY);
		this.server.refuse("EVAL", "ERR Error compiling script (new function): user_script:1: unexpected symbol",
				false);
		assertThat(script("FCALL")).isEqualTo(1L);
		assertThat(this.server.received("FCALL") - received).isEqualTo(2);
	}

	@Test
	@Report("errors of a script's own")
	void scriptThatMayHaveRunIsNotRetried() {
		int received = this.server.received("FCALL");
		this.server.refuse("FCALL", text(ErrorReply.TRYAGAIN), true);
		assertThatExceptionOfType(AmbiguousExecutionException.class).isThrownBy(() -> script("FCALL"));
		assertThat(this.server.received("FCALL") - received).isEqualTo(1);
	}

	@Test
	@Report("redis-doc #2420")
	void redirectionToUnknownHostAsksTopology() {
		this.server.refuse("INCR", "MOVED " + CommandKeys.slot(KEY) + " ?:7000", false);
		assertThat(this.redis.opsForValue().increment(KEY)).isOne();
		this.server.refuse("INCR", "MOVED " + CommandKeys.slot(KEY) + " ?:7000", false);
		assertThat(pipelined()).containsExactly(true, 1L);
		this.server.refuse("INCR", "MOVED " + CommandKeys.slot(KEY) + " ?:7000", false);
		assertThat(transaction()).containsExactly(1L);
		this.server.refuse("WATCH", "MOVED " + CommandKeys.slot(KEY) + " ?:7000", false);
		inSession((operations) -> {
			operations.watch(KEY);
			operations.unwatch();
			return List.of();
		});
		assertThat(this.server.received("INCR") - this.incremented).isEqualTo(6);
		// A refresh is not repeated at once.
		int asked = this.server.received("CLUSTER");
		Awaitility.await().until(() -> {
			this.server.refuse("INCR", "MOVED " + CommandKeys.slot(KEY) + " ?:7000", false);
			this.redis.opsForValue().increment(KEY);
			return this.server.received("CLUSTER") > asked;
		});
	}

	@Test
	@Report("redis-doc #2420")
	void redirectionWithoutHostMeansTheHostThatWasAsked() {
		String port = this.server.address().substring(this.server.address().indexOf(':'));
		for (String command : List.of("INCR", "WATCH")) {
			int received = this.server.received(command);
			this.server.refuse(command, "MOVED " + CommandKeys.slot(KEY) + " " + port, false);
			inSession((operations) -> {
				operations.watch(KEY);
				operations.multi();
				operations.discard();
				operations.opsForValue().increment(KEY);
				return List.of();
			});
			assertThat(this.server.received(command) - received).isEqualTo(2);
		}
	}

	@Test
	void commandWhoseAskingIsLostWasNotSent() {
		refuse("INCR", ErrorReply.ASK);
		this.server.hangUpOn("ASKING");
		assertThat(this.redis.opsForValue().increment(KEY)).isOne();
		assertThat(this.server.received("INCR") - this.incremented).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "MOVED", "DEMOTED", "CLUSTERDOWN" })
	@Report("redisson #4633")
	void commandThatWaitsGoesOnWithWhatIsLeft(ErrorReply reply) {
		int received = this.server.received("BLPOP");
		refuse("BLPOP", reply);
		refuse("BLPOP", ErrorReply.MOVED);
		assertThat(this.redis.opsForList().leftPop(KEY, Duration.ofSeconds(20))).isEqualTo("element");
		assertThat(this.server.received("BLPOP") - received).isEqualTo(3);
		assertThat(Double.parseDouble(this.server.latest("BLPOP").get(2))).isBetween(15.0, 19.999);
	}

	@Test
	void transactionIsNotSentOnceItsWatchHasEnded() {
		refuse("GET", ErrorReply.DEMOTED);
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> inSession((operations) -> {
			operations.watch(KEY);
			assertThatExceptionOfType(TransientDataAccessResourceException.class)
				.isThrownBy(() -> operations.opsForValue().get(KEY));
			operations.multi();
			operations.opsForValue().increment(KEY);
			return operations.exec();
		})).withMessageContaining("nothing was sent");
		assertThat(this.server.received("INCR")).isEqualTo(this.incremented);
	}

	@Test
	void connectionThatIsStillInTransactionIsNotReused() {
		this.server.refuseWithoutEnd("EXEC", "ERR unknown command 'EXEC'");
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(this::transaction);
		assertThat(this.redis.opsForValue().increment(KEY)).isOne();
		assertThat(this.server.ran("INCR") - this.ran).isOne();
	}

	@ParameterizedTest
	@EnumSource(names = { "TOO_MANY_CLIENTS", "DENIED" })
	void nothingRunsOnConnectionThatIsTurnedAway(ErrorReply reply) {
		refuse("SET", reply);
		assertThat(pipelined()).containsExactly(true, 1L);
		assertThat(this.server.ran("INCR") - this.ran).isOne();
	}

	private Stream<ErrorReply> replies() {
		return Stream.of(ErrorReply.values()).filter((reply) -> reply != ErrorReply.NONE);
	}

	private void refuse(String command, ErrorReply reply) {
		this.server.refuse(command, text(reply),
				reply.isTurnedAway() || reply == ErrorReply.DEMOTED || reply == ErrorReply.PROTOCOL_ERROR);
	}

	private String text(ErrorReply reply) {
		return switch (reply) {
			case MOVED -> "MOVED " + CommandKeys.slot(KEY) + " " + this.server.address();
			case ASK -> "ASK " + CommandKeys.slot(KEY) + " " + this.server.address();
			case CLUSTERDOWN -> "CLUSTERDOWN The cluster is down";
			case TRYAGAIN -> "TRYAGAIN Multiple keys request during rehashing of slot";
			case LOADING -> "LOADING Redis is loading the dataset in memory";
			case MASTERDOWN -> "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.";
			case READONLY -> "READONLY You can't write against a read only replica.";
			case DEMOTED ->
				"UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)";
			case TOO_MANY_CLIENTS -> "ERR max number of clients reached";
			case SUBSCRIBED -> "ERR Can't execute 'incr': only PING and QUIT are allowed in this context";
			case NESTED_MULTI -> "ERR MULTI calls can not be nested";
			case PROTOCOL_ERROR -> "ERR Protocol error: invalid bulk length";
			case REJECTED_AUTH -> "ERR AUTH <password> called without any password configured";
			case UNKNOWN_COMMAND -> "ERR unknown command 'incr'";
			case CLUSTER_DISABLED -> "ERR This instance has cluster support disabled";
			case NO_SUCH_DATABASE -> "ERR DB index is out of range";
			case ERR -> "ERR value is not an integer or out of range";
			case CUSTOM -> "MYERROR of a module";
			default -> reply.name() + " in the words of Redis";
		};
	}

	private static boolean isOfCluster(ErrorReply reply) {
		return switch (reply) {
			case MOVED, ASK, CLUSTERDOWN, TRYAGAIN, CROSSSLOT, EXECABORT, CUSTOM -> true;
			default -> false;
		};
	}

	private void thenIsAsTheTableSays(ErrorReply reply, @Nullable Throwable failure) {
		thenHasType(reply, failure);
		assertThat(this.server.received("INCR") - this.incremented).isEqualTo(reply.isRefused() ? 2 : 1);
		assertThat(this.server.ran("INCR") - this.ran).isEqualTo(reply.isRefused() ? 1 : 0);
	}

	private static void thenHasType(ErrorReply reply, @Nullable Throwable failure) {
		if (reply.isRefused()) {
			assertThat(failure).isNull();
		}
		else {
			assertThat(failure).isExactlyInstanceOf(type(reply));
		}
	}

	private static Class<? extends DataAccessException> type(ErrorReply reply) {
		return switch (reply.outcome()) {
			case MISUSE -> InvalidDataAccessApiUsageException.class;
			case TRANSIENT -> TransientDataAccessResourceException.class;
			case FORBIDDEN -> PermissionDeniedDataAccessException.class;
			case REDIRECTED, CLUSTER_DOWN, UNREACHABLE ->
				throw new IllegalStateException(reply + " is refused, and not final");
		};
	}

	private @Nullable Object script(String command) {
		return this.redis.execute((RedisCallback<Object>) (connection) -> switch (command) {
			case "EVAL" -> connection.scriptingCommands().eval(bytes("return 1"), ReturnType.INTEGER, 1, bytes(KEY));
			case "EVALSHA" -> connection.scriptingCommands().evalSha("0f", ReturnType.INTEGER, 1, bytes(KEY));
			default -> connection.execute(command, bytes("function"), bytes("1"), bytes(KEY));
		});
	}

	private List<Object> pipelined() {
		return this.redis.executePipelined((RedisCallback<Object>) (connection) -> {
			connection.stringCommands().set(bytes(KEY), bytes("0"));
			connection.stringCommands().incr(bytes(KEY));
			return null;
		});
	}

	private List<Object> transaction() {
		return inSession((operations) -> {
			operations.multi();
			operations.opsForValue().increment(KEY);
			return operations.exec();
		});
	}

	private List<Object> inSession(Session session) {
		return this.redis.execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> List<Object> execute(RedisOperations<K, V> operations) throws DataAccessException {
				return session.run((RedisOperations<String, String>) operations);
			}

		});
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private interface Session {

		List<Object> run(RedisOperations<String, String> operations);

	}

}
