package io.github.hotplate.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Range;
import org.springframework.data.geo.Point;
import org.springframework.data.redis.connection.BitFieldSubCommands;
import org.springframework.data.redis.connection.BitFieldSubCommands.BitFieldType;
import org.springframework.data.redis.connection.BitFieldSubCommands.Offset;
import org.springframework.data.redis.connection.DefaultSortParameters;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.connection.RedisStringCommands;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.SortParameters.Order;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.types.Expiration;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

import io.github.hotplate.reports.Report;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Pipelines give the results that the same methods give one by one.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class PipelineIntegrationTests {

	/**
	 * Methods of all kinds of results, each of which finds what those before it wrote.
	 */
	private static final List<Function<RedisConnection, Object>> METHODS = List.of(
			(redis) -> redis.set(key("text"), bytes("abc")), (redis) -> redis.get(key("text")),
			(redis) -> redis.get(key("none")), (redis) -> redis.append(key("text"), bytes("d")),
			(redis) -> redis.stringCommands()
				.set(key("text"), bytes("e"), Expiration.from(Duration.ofMinutes(1)),
						RedisStringCommands.SetOption.SET_IF_ABSENT),
			(redis) -> redis.exists(key("text")), (redis) -> redis.exists(key("text"), key("none")),
			(redis) -> redis.keyCommands().type(key("text")), (redis) -> redis.expire(key("text"), 600),
			(redis) -> redis.keyCommands().persist(key("text")), (redis) -> redis.keyCommands().ttl(key("text")),
			(redis) -> redis.setNX(key("text"), bytes("f")), (redis) -> redis.incrBy(key("number"), 5L),
			(redis) -> redis.incrBy(key("float"), 0.5), (redis) -> redis.setBit(key("bits"), 7, true),
			(redis) -> redis.getBit(key("bits"), 7), (redis) -> redis.bitCount(key("bits")),
			(redis) -> redis.bitField(key("bits"),
					BitFieldSubCommands.create().get(BitFieldType.unsigned(8)).valueAt(Offset.offset(0))),
			(redis) -> redis.mSet(Map.of(key("m1"), bytes("1"), key("m2"), bytes("2"))),
			(redis) -> redis.mGet(key("m1"), key("none"), key("m2")), (redis) -> redis.getDel(key("m1")),
			(redis) -> redis.hSet(key("hash"), bytes("f"), bytes("v")), (redis) -> redis.hGet(key("hash"), bytes("f")),
			(redis) -> redis.hGetAll(key("hash")), (redis) -> redis.hMGet(key("hash"), bytes("f"), bytes("none")),
			(redis) -> redis.hIncrBy(key("hash"), bytes("n"), 2.5), (redis) -> redis.hKeys(key("hash")),
			(redis) -> redis.rPush(key("list"), bytes("a"), bytes("b"), bytes("c")),
			(redis) -> redis.lRange(key("list"), 0, -1), (redis) -> redis.lPop(key("list")),
			(redis) -> redis.lPos(key("list"), bytes("c"), null, 2),
			(redis) -> redis.keyCommands().sort(key("list"), new DefaultSortParameters().alpha().order(Order.DESC)),
			(redis) -> redis.sAdd(key("set"), bytes("one")), (redis) -> redis.sMembers(key("set")),
			(redis) -> redis.sIsMember(key("set"), bytes("one")), (redis) -> redis.sPop(key("set")),
			(redis) -> redis.sPop(key("set")), (redis) -> redis.zAdd(key("zset"), 1.5, bytes("a")),
			(redis) -> redis.zAdd(key("zset"), -2, bytes("b")), (redis) -> redis.zScore(key("zset"), bytes("a")),
			(redis) -> redis.zScore(key("zset"), bytes("none")), (redis) -> redis.zRank(key("zset"), bytes("a")),
			(redis) -> redis.zRangeWithScores(key("zset"), 0, -1), (redis) -> redis.zIncrBy(key("zset"), 2, bytes("b")),
			(redis) -> redis.zRangeByLex(key("zset"), Range.unbounded(), Limit.unlimited()),
			(redis) -> redis.geoAdd(key("geo"), new Point(13.4, 52.5), bytes("berlin")),
			(redis) -> redis.geoPos(key("geo"), bytes("berlin"), bytes("none")),
			(redis) -> redis.pfAdd(key("hll"), bytes("x")), (redis) -> redis.pfCount(key("hll")),
			(redis) -> redis.xAdd(record("1-1")), (redis) -> redis.xLen(key("stream")),
			(redis) -> redis.xRead(StreamOffset.create(key("stream"), ReadOffset.from("0"))),
			(redis) -> redis.xRange(key("stream"), Range.unbounded()),
			(redis) -> redis.streamCommands().xGroupCreate(key("stream"), "group", ReadOffset.from("0")),
			(redis) -> redis.eval(bytes("return {KEYS[1], 1}"), ReturnType.MULTI, 1, key("script")),
			(redis) -> redis.scriptLoad(bytes("return 1")), (redis) -> redis.echo(bytes("hello")),
			RedisConnection::ping, (redis) -> redis.publish(bytes("channel"), bytes("message")),
			(redis) -> redis.execute("INCRBY", key("number"), bytes("2")),
			(redis) -> redis.keyCommands().unlink(key("text"), key("number"), key("none")),
			(redis) -> redis.del(key("list"), key("hash")), (redis) -> redis.keyCommands().dump(key("none")),
			(redis) -> redis.keyCommands().refcount(key("zset")));

	private static EmbeddedRedisCluster cluster;

	private static Client client;

	@BeforeAll
	static void connect() {
		client = new Client(cluster.url(), Map.of());
	}

	@AfterAll
	static void disconnect() {
		client.close();
	}

	@BeforeEach
	void clear() {
		client.template().execute((RedisCallback<Object>) (redis) -> {
			redis.serverCommands().flushAll();
			return null;
		});
	}

	@Test
	void resultsAreThoseOfSingleCalls() {
		List<Object> expected = new ArrayList<>();
		try (RedisConnection redis = client.connectionFactory().getConnection()) {
			METHODS.forEach((method) -> expected.add(method.apply(redis)));
		}
		clear();
		List<Object> results = pipeline((redis) -> METHODS
			.forEach((method) -> assertThat(method.apply(redis)).as("before its reply is there").isNull()));
		assertThat(results.stream().map(PipelineIntegrationTests::readable))
			.containsExactlyElementsOf(expected.stream().map(PipelineIntegrationTests::readable).toList());
	}

	@Test
	void methodsThatReturnNothingHaveNoResult() {
		List<Object> results = pipeline((redis) -> {
			redis.rPush(key("list"), bytes("a"), bytes("b"));
			redis.lSet(key("list"), 0, bytes("z"));
			redis.hMSet(key("hash"), Map.of(bytes("f"), bytes("v")));
			redis.setRange(key("text"), bytes("x"), 2);
			redis.rename(key("list"), key("list"));
			redis.lRange(key("list"), 0, -1);
		});
		assertThat(results.stream().map(PipelineIntegrationTests::readable)).containsExactly("2", "[z, b]");
	}

	@Test
	@Report("results of pipelined methods")
	void methodsForWhichSpringHasStatusHaveIt() {
		List<Object> results = pipeline((redis) -> {
			redis.pfMerge(bytes("{p}all"), bytes("{p}some"));
			redis.scriptFlush();
			redis.get(key("none"));
		});
		assertThat(results).containsExactly("OK", "OK", (Object) null);
	}

	@Test
	void isOneSampleAndOneSpan() {
		long before = client.measured("pipeline");
		long gets = client.measured("get");
		client.template().executePipelined("names", (RedisCallback<Object>) (redis) -> {
			IntStream.range(0, 10).forEach((i) -> redis.get(key("k" + i)));
			return null;
		});
		assertThat(client.measured("pipeline")).isEqualTo(before + 1);
		assertThat(client.measured("get")).isEqualTo(gets);
		assertThat(client.tracer().getSpans()).anyMatch((span) -> span.getName().equals("foo.pipeline_names"));
	}

	@Test
	void failureSaysWhichCommandAndLeavesTheOthers() {
		RedisPipelineException failure = catchThrowableOfType(RedisPipelineException.class,
				() -> client.template().executePipelined("mixed", (RedisCallback<Object>) (redis) -> {
					redis.set(key("text"), bytes("x"));
					redis.incr(key("text"));
					redis.get(key("text"));
					return null;
				}));
		assertThat(failure.getCause())
			.hasMessage("ERR value is not an integer or out of range (command 1, INCR, of pipeline 'mixed')");
		assertThat(failure.getPipelineResult()).hasSize(3);
		assertThat(readable(failure.getPipelineResult().get(2))).isEqualTo("x");
	}

	@Test
	void manyCommandsWork() {
		List<Object> results = pipeline(
				(redis) -> IntStream.range(0, 100_000).forEach((i) -> redis.incr(key("n" + i % 1_000))));
		assertThat(results).hasSize(100_000).startsWith(1L).endsWith(100L);
	}

	@Test
	void badArgumentFailsWhereItIsGiven() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> pipeline((redis) -> redis.get(null)));
	}

	@Test
	void commandThatBlocksIsRefusedByName() {
		assertRefused((redis) -> redis.bLPop(0, key("list")), "BLPOP cannot be pipelined");
		assertRefused((redis) -> redis.execute("BLPOP", key("list"), bytes("0")), "BLPOP cannot be pipelined");
	}

	@Test
	void cursorIsRefusedByName() {
		assertRefused((redis) -> redis.hScan(key("hash"), ScanOptions.NONE), "HSCAN cannot be pipelined");
		assertRefused((redis) -> redis.keyCommands().scan(ScanOptions.NONE), "SCAN cannot be pipelined");
	}

	@Test
	void serverCommandIsRefusedByName() {
		assertRefused((redis) -> redis.info(), "INFO cannot be pipelined");
		assertRefused((redis) -> redis.flushDb(), "FLUSHDB cannot be pipelined");
	}

	@Test
	void transactionIsRefusedByName() {
		assertRefused(RedisConnection::multi, "MULTI cannot be used in a pipeline");
		assertRefused((redis) -> redis.watch(key("a")), "WATCH cannot be used in a pipeline");
	}

	@Test
	void pipelineIsRefusedWhileKeysAreWatched() {
		try (RedisConnection redis = client.connectionFactory().getConnection()) {
			redis.watch(key("a"));
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(redis::openPipeline)
				.withMessageContaining("unwatch()");
			redis.unwatch();
			redis.openPipeline();
		}
	}

	@Test
	void commandsFromBeforeThePipelineAreRefused() {
		try (RedisConnection redis = client.connectionFactory().getConnection()) {
			RedisStringCommands commands = redis.stringCommands();
			redis.openPipeline();
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> commands.get(key("a")))
				.withMessageContaining("from the connection after opening the pipeline");
		}
	}

	@Test
	void closingTheConnectionSendsWhatIsQueued() {
		RedisConnection redis = client.connectionFactory().getConnection();
		redis.openPipeline();
		redis.set(key("text"), bytes("x"));
		redis.close();
		assertThat(redis.isPipelined()).isFalse();
		assertThat(client.template().opsForValue().get("p:text")).isEqualTo("x");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void jedisOwnPipelineWorks(boolean onConnectionThatIsPipelined) {
		try (RedisConnection redis = client.connectionFactory().getConnection()) {
			if (onConnectionThatIsPipelined) {
				redis.openPipeline();
			}
			UnifiedJedis jedis = (UnifiedJedis) redis.getNativeConnection();
			try (AbstractPipeline pipeline = jedis.pipelined()) {
				Response<String> set = pipeline.set("p:native", "x");
				Response<String> get = pipeline.get("p:native");
				pipeline.sync();
				assertThat(set.get()).isEqualTo("OK");
				assertThat(get.get()).isEqualTo("x");
			}
		}
	}

	private static void assertRefused(Consumer<RedisConnection> method, String message) {
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> pipeline(method))
			.withMessageContaining(message);
	}

	private static List<Object> pipeline(Consumer<RedisConnection> methods) {
		try (RedisConnection redis = client.connectionFactory().getConnection()) {
			redis.openPipeline();
			methods.accept(redis);
			return redis.closePipeline();
		}
	}

	private static MapRecord<byte[], byte[], byte[]> record(String id) {
		return StreamRecords.newRecord()
			.in(key("stream"))
			.withId(RecordId.of(id))
			.ofMap(Map.of(bytes("field"), bytes("value")));
	}

	private static String readable(Object result) {
		if (result instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		if (result instanceof MapRecord<?, ?, ?> entry) {
			return entry.getId() + readable(entry.getValue());
		}
		if (result instanceof Iterable<?> elements) {
			List<String> texts = new ArrayList<>();
			elements.forEach((element) -> texts.add(readable(element)));
			return texts.toString();
		}
		if (result instanceof Map<?, ?> map) {
			List<String> texts = new ArrayList<>();
			map.forEach((key, value) -> texts.add(readable(key) + "=" + readable(value)));
			return texts.toString();
		}
		return String.valueOf(result);
	}

	private static byte[] key(String name) {
		return bytes("p:" + name);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
