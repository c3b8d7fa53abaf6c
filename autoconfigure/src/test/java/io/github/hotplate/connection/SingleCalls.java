package io.github.hotplate.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.springframework.data.domain.Range;
import org.springframework.data.geo.Circle;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Point;
import org.springframework.data.redis.connection.DefaultSortParameters;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisListCommands.Direction;
import org.springframework.data.redis.connection.RedisStringCommands.BitOperation;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.script.RedisScript;
import redis.clients.jedis.UnifiedJedis;

import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls that are one command on the wire, of every kind that an application can make.
 */
final class SingleCalls extends Calls {

	/**
	 * Number of commands that calls name as text.
	 */
	static final int RAW_NAMES = 8;

	static final RedisScript<String> ECHO = RedisScript.of("return ARGV[1]", String.class);

	private static final byte[] COUNT = bytes("return redis.call('INCR', KEYS[1])");

	private final RedisClusterNode node;

	/**
	 * Create calls.
	 * @param redis the client
	 * @param ledger where they are noted
	 * @param name of the thread, with which its keys begin
	 * @param node a primary for calls to one node
	 */
	SingleCalls(MonitoredRedisTemplate redis, CallLedger ledger, String name, RedisClusterNode node) {
		super(redis, ledger, name);
		this.node = node;
	}

	@Override
	List<Runnable> all() {
		return Stream.of(strings(), keys(), lists(), hashes(), sets(), sortedSets(), streams(), others(), raw())
			.flatMap(List::stream)
			.toList();
	}

	private List<Runnable> strings() {
		String key = key("string");
		return List.of(single(() -> this.redis.opsForValue().set(key, "1")),
				single(() -> this.redis.opsForValue().set(key, "2", Duration.ofMinutes(5))),
				single(() -> this.redis.opsForValue().setIfAbsent(key, "3")),
				single(() -> this.redis.opsForValue().setIfPresent(key, "4")),
				single(() -> this.redis.opsForValue().getAndSet(key, "5")),
				single(() -> this.redis.opsForValue().getAndExpire(key, Duration.ofMinutes(5))),
				single(() -> this.redis.opsForValue().getAndDelete(key("other"))),
				single(() -> this.redis.opsForValue().get(key)),
				single(() -> this.redis.opsForValue().increment(key("number"))),
				single(() -> this.redis.opsForValue().increment(key("number"), 5)),
				single(() -> this.redis.opsForValue().increment(key("float"), 0.5)),
				single(() -> this.redis.opsForValue().decrement(key("number"))),
				single(() -> this.redis.opsForValue().append(key("text"), "x")),
				single(() -> this.redis.opsForValue().get(key("text"), 0, 3)),
				single(() -> this.redis.opsForValue().set(key("text"), "y", 1)),
				single(() -> this.redis.opsForValue().size(key)),
				single(() -> this.redis.opsForValue().setBit(key("bits"), 7, true)),
				single(() -> this.redis.opsForValue().getBit(key("bits"), 7)),
				on((connection) -> connection.stringCommands().bitCount(bytes(key("bits")))),
				on((connection) -> connection.stringCommands()
					.bitOp(BitOperation.NOT, bytes(tagged("bits")), bytes(tagged("bits:1")))),
				single(() -> this.redis.opsForValue().multiGet(List.of(tagged("a"), tagged("b")))),
				single(() -> this.redis.opsForValue().multiSet(Map.of(tagged("a"), "1", tagged("b"), "2"))));
	}

	private List<Runnable> keys() {
		return List.of(single(() -> this.redis.hasKey(key("string"))), single(() -> this.redis.delete(key("other"))),
				single(() -> this.redis.unlink(key("other"))), single(() -> this.redis.type(key("string"))),
				single(() -> this.redis.expire(key("string"), Duration.ofMinutes(7))),
				single(() -> this.redis.getExpire(key("string"), TimeUnit.MILLISECONDS)),
				single(() -> this.redis.persist(key("string"))), single(() -> this.redis.dump(key("string"))),
				single(() -> this.redis.copy(tagged("a"), tagged("c"), true)),
				single(() -> this.redis.convertAndSend(key("channel"), "message")),
				on((connection) -> connection.keyCommands().touch(bytes(key("string")))),
				on((connection) -> connection.keyCommands().encodingOf(bytes(key("number")))),
				on((connection) -> connection.keyCommands().sort(bytes(key("list")), new DefaultSortParameters())),
				this::fail, this::scan, single(() -> this.redis.opsForCluster().keys(this.node, key("*"))),
				single(() -> this.redis.opsForCluster().randomKey(this.node)));
	}

	private void fail() {
		single(() -> this.redis.opsForValue().set(key("text"), "x")).run();
		single(() -> assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.redis.opsForList().leftPush(key("text"), "x"))).run();
	}

	// How many commands a walk through the cluster takes is up to Redis.
	private void scan() {
		try (var cursor = this.redis.scan(ScanOptions.scanOptions().match(key("*")).count(100).build())) {
			cursor.forEachRemaining((key) -> {
			});
		}
	}

	private List<Runnable> lists() {
		String key = key("list");
		return List.of(single(() -> this.redis.opsForList().rightPushAll(key, "1", "2", "3", "4", "5")),
				single(() -> this.redis.opsForList().leftPush(key, "0")),
				single(() -> this.redis.opsForList().leftPushIfPresent(key, "0")),
				single(() -> this.redis.opsForList().rightPushIfPresent(key, "6")),
				single(() -> this.redis.opsForList().leftPush(key, "3", "2")),
				single(() -> this.redis.opsForList().leftPop(key)), single(() -> this.redis.opsForList().rightPop(key)),
				single(() -> this.redis.opsForList().leftPop(key("full"), Duration.ofSeconds(1)), key("full")),
				single(() -> this.redis.opsForList().range(key, 0, -1)),
				single(() -> this.redis.opsForList().trim(key, 0, 20)), single(() -> this.redis.opsForList().size(key)),
				single(() -> this.redis.opsForList().index(key, 0)),
				single(() -> this.redis.opsForList().indexOf(key, "3")),
				single(() -> this.redis.opsForList().remove(key, 1, "0")),
				single(() -> this.redis.opsForList().rightPopAndLeftPush(tagged("list"), tagged("list:2"))),
				single(() -> this.redis.opsForList()
					.move(tagged("list:2"), Direction.LEFT, tagged("list"), Direction.RIGHT)));
	}

	// A list with an element, so that popping it does not block.
	private Runnable single(Runnable pop, String list) {
		Runnable popped = single(pop);
		return () -> {
			single(() -> this.redis.opsForList().leftPush(list, "9")).run();
			popped.run();
		};
	}

	private List<Runnable> hashes() {
		String key = key("hash");
		return List.of(single(() -> this.redis.opsForHash().put(key, "a", "1")),
				single(() -> this.redis.opsForHash().putAll(key, Map.of("b", "2", "c", "3"))),
				single(() -> this.redis.opsForHash().putIfAbsent(key, "d", "4")),
				single(() -> this.redis.opsForHash().get(key, "a")),
				single(() -> this.redis.opsForHash().multiGet(key, List.of("a", "b"))),
				single(() -> this.redis.opsForHash().hasKey(key, "a")),
				single(() -> this.redis.opsForHash().increment(key, "n", 1)),
				single(() -> this.redis.opsForHash().increment(key, "f", 0.5)),
				single(() -> this.redis.opsForHash().keys(key)), single(() -> this.redis.opsForHash().values(key)),
				single(() -> this.redis.opsForHash().entries(key)), single(() -> this.redis.opsForHash().size(key)),
				single(() -> this.redis.opsForHash().lengthOfValue(key, "a")),
				single(() -> this.redis.opsForHash().randomKey(key)),
				single(() -> this.redis.opsForHash().delete(key, "d")),
				single(() -> this.redis.opsForHash().scan(key, ScanOptions.NONE).close()));
	}

	private List<Runnable> sets() {
		String key = key("set");
		return List.of(single(() -> this.redis.opsForSet().add(key, "1", "2", "3")),
				single(() -> this.redis.opsForSet().remove(key, "3")), single(() -> this.redis.opsForSet().pop(key)),
				single(() -> this.redis.opsForSet().isMember(key, "1")),
				single(() -> this.redis.opsForSet().isMember(key, "1", "2")),
				single(() -> this.redis.opsForSet().members(key)), single(() -> this.redis.opsForSet().size(key)),
				single(() -> this.redis.opsForSet().randomMember(key)),
				single(() -> this.redis.opsForSet().move(tagged("set"), "1", tagged("set:2"))),
				single(() -> this.redis.opsForSet().intersect(tagged("set"), tagged("set:2"))),
				single(() -> this.redis.opsForSet().unionAndStore(tagged("set"), tagged("set:2"), tagged("set:3"))),
				single(() -> this.redis.opsForSet().intersectSize(tagged("set"), tagged("set:2"))),
				single(() -> this.redis.opsForSet().scan(key, ScanOptions.NONE).close()));
	}

	private List<Runnable> sortedSets() {
		String key = key("zset");
		return List.of(single(() -> this.redis.opsForZSet().add(key, "a", 1)),
				single(() -> this.redis.opsForZSet().incrementScore(key, "b", 2)),
				single(() -> this.redis.opsForZSet().rank(key, "a")),
				single(() -> this.redis.opsForZSet().reverseRank(key, "a")),
				single(() -> this.redis.opsForZSet().score(key, "a")),
				single(() -> this.redis.opsForZSet().score(key, "a", "b")),
				single(() -> this.redis.opsForZSet().range(key, 0, -1)),
				single(() -> this.redis.opsForZSet().rangeWithScores(key, 0, -1)),
				single(() -> this.redis.opsForZSet().reverseRange(key, 0, -1)),
				single(() -> this.redis.opsForZSet().rangeByScore(key, 0, 5)),
				single(() -> this.redis.opsForZSet().reverseRangeByScore(key, 0, 5)),
				single(() -> this.redis.opsForZSet().rangeByLex(key, Range.closed("a", "b"))),
				single(() -> this.redis.opsForZSet().count(key, 0, 5)),
				single(() -> this.redis.opsForZSet().lexCount(key, Range.closed("a", "b"))),
				single(() -> this.redis.opsForZSet().zCard(key)),
				single(() -> this.redis.opsForZSet().randomMember(key)),
				single(() -> this.redis.opsForZSet().popMin(key)), single(() -> this.redis.opsForZSet().popMax(key)),
				single(() -> this.redis.opsForZSet().remove(key, "a")),
				single(() -> this.redis.opsForZSet().removeRange(key, 5, 6)),
				single(() -> this.redis.opsForZSet().removeRangeByScore(key, 50, 60)),
				single(() -> this.redis.opsForZSet().unionAndStore(tagged("z"), tagged("z:2"), tagged("z:3"))),
				single(() -> this.redis.opsForZSet().intersect(tagged("z"), tagged("z:2"))),
				single(() -> this.redis.opsForZSet().scan(key, ScanOptions.NONE).close()));
	}

	private List<Runnable> streams() {
		String key = key("stream");
		return List.of(single(() -> this.redis.opsForStream().add(key, Map.of("field", "value"))),
				single(() -> this.redis.opsForStream().size(key)),
				single(() -> this.redis.opsForStream().range(key, Range.unbounded())),
				single(() -> this.redis.opsForStream().reverseRange(key, Range.unbounded())),
				single(() -> this.redis.opsForStream().read(StreamOffset.fromStart(key))),
				single(() -> this.redis.opsForStream().delete(key, "1-1")),
				single(() -> this.redis.opsForStream().trim(key, 100)),
				single(() -> this.redis.opsForStream().createGroup(key, ReadOffset.latest(), "g" + System.nanoTime())),
				single(() -> this.redis.opsForStream().acknowledge(key, "none", "1-1")));
	}

	private List<Runnable> others() {
		Point palermo = new Point(13.361389, 38.115556);
		String geo = key("geo");
		return List.of(single(() -> this.redis.opsForGeo().add(geo, palermo, "Palermo")),
				single(() -> this.redis.opsForGeo().add(geo, new Point(15.087269, 37.502669), "Catania")),
				single(() -> this.redis.opsForGeo().position(geo, "Palermo")),
				single(() -> this.redis.opsForGeo().distance(geo, "Palermo", "Catania")),
				single(() -> this.redis.opsForGeo().hash(geo, "Palermo")),
				single(() -> this.redis.opsForGeo().radius(geo, new Circle(palermo, new Distance(1_000)))),
				single(() -> this.redis.opsForHyperLogLog().add(key("log"), "x", "y")),
				single(() -> this.redis.opsForHyperLogLog().size(key("log"))),
				on((connection) -> connection.hyperLogLogCommands()
					.pfMerge(bytes(tagged("log")), bytes(tagged("log:2")))),
				single(() -> this.redis.execute(ECHO, List.of(key("script")), "hello")), () -> {
					this.ledger.sent(Map.of("incr", 1));
					on((connection) -> connection.scriptingCommands()
						.eval(COUNT, ReturnType.INTEGER, 1, bytes(key("counted")))).run();
				}, on((connection) -> connection.serverCommands().time()),
				on((connection) -> ((RedisClusterConnection) connection).serverCommands().dbSize(this.node)));
	}

	private List<Runnable> raw() {
		return List.of(execute("SET", key("string"), "raw"), execute("GET", key("string")),
				execute("HSET", key("hash"), "raw", "1"), execute("SMEMBERS", key("set")),
				execute("XLEN", key("stream")), execute("ZADD", key("zset"), "3", "raw"),
				on((connection) -> jedis(connection).set(key("string"), "native")),
				on((connection) -> jedis(connection).hgetAll(key("hash"))),
				on((connection) -> jedis(connection).lpush(key("list"), "7")));
	}

	private Runnable execute(String command, String... arguments) {
		return on((connection) -> connection.execute(command, all(arguments)));
	}

	private static UnifiedJedis jedis(RedisConnection connection) {
		return (UnifiedJedis) connection.getNativeConnection();
	}

}
