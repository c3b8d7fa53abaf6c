package io.github.hotplate.reports;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.geo.Metric;
import org.springframework.data.geo.Metrics;
import org.springframework.data.geo.Point;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.DefaultSortParameters;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionCommands;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisGeoCommands;
import org.springframework.data.redis.connection.RedisHashCommands;
import org.springframework.data.redis.connection.RedisHyperLogLogCommands;
import org.springframework.data.redis.connection.RedisKeyCommands;
import org.springframework.data.redis.connection.RedisListCommands;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.connection.RedisScriptingCommands;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.connection.RedisSetCommands;
import org.springframework.data.redis.connection.RedisStreamCommands;
import org.springframework.data.redis.connection.RedisStreamCommands.XClaimOptions;
import org.springframework.data.redis.connection.RedisStringCommands;
import org.springframework.data.redis.connection.RedisTxCommands;
import org.springframework.data.redis.connection.RedisZSetCommands;
import org.springframework.data.redis.connection.SortParameters;
import org.springframework.data.redis.connection.SortParameters.Order;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.connection.zset.Weights;
import org.springframework.data.redis.core.KeyScanOptions;
import org.springframework.data.redis.core.ScanOptions;

import io.github.hotplate.command.SampleArguments;

/**
 * Calls of every method of Spring Data Redis' command interfaces, with arguments that fit
 * the data that is prepared for them.
 *
 * @param prefix begins every text among the arguments
 */
record SpringCalls(String prefix) {

	/**
	 * Methods that would end the servers, change them for all other tests, or give
	 * another result each time.
	 */
	private static final Set<String> LEFT_OUT = Set.of("shutdown", "replicaOf", "replicaOfNoOne", "migrate", "bgSave",
			"bgReWriteAof", "save", "rewriteConfig", "time", "info", "lastSave", "getClientList", "getConfig",
			"killClient", "hRandField", "hRandFieldWithValues", "sRandMember", "zRandMember", "zRandMemberWithScore",
			"sPop", "randomKey", "idletime", "select", "multi", "exec", "discard");

	private static final Map<Class<?>, Object> ARGUMENTS = Map.of(Metric.class, Metrics.KILOMETERS, ScanOptions.class,
			ScanOptions.scanOptions().match("*").build(), KeyScanOptions.class,
			KeyScanOptions.scanOptions(DataType.STRING).build(), SortParameters.class,
			new DefaultSortParameters(null, Order.DESC, true), XClaimOptions.class,
			XClaimOptions.minIdleMs(1).ids("1-1"), Weights.class, Weights.of(1, 2), boolean.class, false);

	private static final Map<Class<?>, Function<RedisConnection, Object>> GROUPS = groups();

	private static Map<Class<?>, Function<RedisConnection, Object>> groups() {
		Map<Class<?>, Function<RedisConnection, Object>> groups = new LinkedHashMap<>();
		groups.put(RedisConnectionCommands.class, (connection) -> connection);
		groups.put(RedisTxCommands.class, (connection) -> connection);
		groups.put(RedisStringCommands.class, RedisConnection::stringCommands);
		groups.put(RedisKeyCommands.class, RedisConnection::keyCommands);
		groups.put(RedisHashCommands.class, RedisConnection::hashCommands);
		groups.put(RedisListCommands.class, RedisConnection::listCommands);
		groups.put(RedisSetCommands.class, RedisConnection::setCommands);
		groups.put(RedisZSetCommands.class, RedisConnection::zSetCommands);
		groups.put(RedisGeoCommands.class, RedisConnection::geoCommands);
		groups.put(RedisHyperLogLogCommands.class, RedisConnection::hyperLogLogCommands);
		groups.put(RedisStreamCommands.class, RedisConnection::streamCommands);
		groups.put(RedisScriptingCommands.class, RedisConnection::scriptingCommands);
		groups.put(RedisServerCommands.class, RedisConnection::serverCommands);
		return groups;
	}

	/**
	 * Return all methods.
	 */
	static Stream<Method> methods() {
		return GROUPS.keySet()
			.stream()
			.flatMap((group) -> Arrays.stream(group.getMethods()).sorted(Comparator.comparing(Method::toString)))
			.filter((method) -> !LEFT_OUT.contains(method.getName()));
	}

	/**
	 * Store what a method works on.
	 * @param method the method
	 * @param connection stores it
	 */
	void prepare(Method method, RedisConnection connection) {
		connection.serverCommands().flushAll();
		for (int i = 1; i <= 3; i++) {
			prepare(method.getDeclaringClass(), connection, text("bytes" + i));
		}
	}

	private void prepare(Class<?> group, RedisConnection connection, byte[] key) {
		byte[] member = text("bytes2");
		if (group == RedisHashCommands.class) {
			connection.hashCommands().hSet(key, member, text("5"));
		}
		else if (group == RedisListCommands.class) {
			connection.listCommands().rPush(key, text("1"), text("2"), text("3"));
		}
		else if (group == RedisSetCommands.class) {
			connection.setCommands().sAdd(key, text("x"), member);
		}
		else if (group == RedisZSetCommands.class) {
			connection.zSetCommands().zAdd(key, 1, text("x"));
			connection.zSetCommands().zAdd(key, 2, member);
		}
		else if (group == RedisGeoCommands.class) {
			connection.geoCommands().geoAdd(key, new Point(1, 1), member);
		}
		else if (group == RedisHyperLogLogCommands.class) {
			connection.hyperLogLogCommands().pfAdd(key, text("x"));
		}
		else if (group == RedisStreamCommands.class) {
			connection.streamCommands()
				.xAdd(StreamRecords.newRecord().in(key).withId("1-1").ofMap(Map.of(text("f"), text("v"))));
		}
		else {
			connection.stringCommands().set(key, "5".getBytes(StandardCharsets.UTF_8));
		}
	}

	/**
	 * Call a method.
	 * @param method the method
	 * @param redis gives the connection
	 * @param way how to call it
	 * @return what it returns or throws, and what the pipeline or transaction gives
	 */
	List<Object> call(Method method, RedisConnectionFactory redis, Way way) {
		try (RedisConnection connection = redis.getConnection()) {
			way.begin(connection, text("watched"));
			Object result = outcome(() -> invoke(method, connection));
			return List.of(shown(result), shown(outcome(() -> way.end(connection))));
		}
	}

	private @Nullable Object invoke(Method method, RedisConnection connection) throws Exception {
		Object[] arguments = new SampleArguments(ARGUMENTS).of(method);
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = prefixed(arguments[i]);
		}
		return method.invoke(GROUPS.get(method.getDeclaringClass()).apply(connection), arguments);
	}

	private Object prefixed(Object argument) {
		if (argument instanceof byte[][] texts) {
			return Stream.of(texts).map(this::prefixed).toArray(byte[][]::new);
		}
		return (argument instanceof byte[] text) ? text(new String(text, StandardCharsets.UTF_8)) : argument;
	}

	private byte[] text(String text) {
		return (this.prefix + text).getBytes(StandardCharsets.UTF_8);
	}

	private static @Nullable Object outcome(Call call) {
		try {
			return call.run();
		}
		catch (InvocationTargetException ex) {
			return ex.getTargetException();
		}
		catch (Exception ex) {
			return ex;
		}
	}

	private static Object shown(@Nullable Object result) {
		if (result instanceof RedisPipelineException failure) {
			return shown(failure.getPipelineResult());
		}
		if (result instanceof Exception failure) {
			return failure.getClass();
		}
		if (result instanceof Class<?>) {
			return result;
		}
		if (result instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.ISO_8859_1);
		}
		if (result instanceof Iterator<?> cursor) {
			Set<Object> elements = new HashSet<>();
			cursor.forEachRemaining((element) -> elements.add(shown(element)));
			return shown(elements);
		}
		if (result instanceof Map<?, ?> map) {
			return shown(map.entrySet().stream().map((entry) -> List.of(entry.getKey(), entry.getValue())).toList());
		}
		if (result instanceof Collection<?> elements) {
			Stream<Object> shown = elements.stream().map(SpringCalls::shown);
			return (elements instanceof Set<?>) ? shown.sorted(Comparator.comparing(Object::toString)).toList()
					: shown.toList();
		}
		return String.valueOf(result).replaceAll("\\d{10,}|\\[B@\\w+|@\\w+", "?");
	}

	/**
	 * A way to call a method.
	 */
	enum Way {

		ALONE, IN_PIPELINE, IN_TRANSACTION, WATCHING;

		private void begin(RedisConnection connection, byte[] watched) {
			switch (this) {
				case IN_PIPELINE -> connection.openPipeline();
				case IN_TRANSACTION -> connection.multi();
				case WATCHING -> connection.watch(watched);
				case ALONE -> {
					// Nothing to begin.
				}
			}
		}

		private @Nullable Object end(RedisConnection connection) {
			return switch (this) {
				case IN_PIPELINE -> connection.closePipeline();
				case IN_TRANSACTION -> connection.exec();
				case ALONE, WATCHING -> null;
			};
		}

	}

	@FunctionalInterface
	private interface Call {

		@Nullable Object run() throws Exception;

	}

}
