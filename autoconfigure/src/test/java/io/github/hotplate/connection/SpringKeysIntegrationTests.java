package io.github.hotplate.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.geo.Metric;
import org.springframework.data.geo.Metrics;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.DefaultSortParameters;
import org.springframework.data.redis.connection.RedisConnectionCommands;
import org.springframework.data.redis.connection.RedisGeoCommands;
import org.springframework.data.redis.connection.RedisHashCommands;
import org.springframework.data.redis.connection.RedisHyperLogLogCommands;
import org.springframework.data.redis.connection.RedisKeyCommands;
import org.springframework.data.redis.connection.RedisListCommands;
import org.springframework.data.redis.connection.RedisScriptingCommands;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.connection.RedisSetCommands;
import org.springframework.data.redis.connection.RedisStreamCommands;
import org.springframework.data.redis.connection.RedisStreamCommands.XClaimOptions;
import org.springframework.data.redis.connection.RedisStringCommands;
import org.springframework.data.redis.connection.RedisZSetCommands;
import org.springframework.data.redis.connection.SortParameters;
import org.springframework.data.redis.connection.SortParameters.Order;
import org.springframework.data.redis.connection.zset.Weights;
import org.springframework.data.redis.core.KeyScanOptions;
import org.springframework.data.redis.core.ScanOptions;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.command.SampleArguments;
import io.github.hotplate.command.ServerKeys;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.UnclosedExecutor;
import io.github.hotplate.reports.Report;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * The keys that we see are those that Redis sees, for every method of Spring Data Redis'
 * command interfaces.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SpringKeysIntegrationTests {

	/**
	 * Methods that send nothing, and those that take the text of a record's identifier
	 * and hand it to a method of the same name.
	 */
	private static final Set<String> SILENT = Set.of("select", "xAck", "xAckDel", "xDel", "xDelEx");

	private static final Map<Class<?>, Object> ARGUMENTS = Map.of(Metric.class, Metrics.KILOMETERS, ScanOptions.class,
			ScanOptions.scanOptions().match("store").build(), KeyScanOptions.class,
			KeyScanOptions.scanOptions(DataType.ZSET).build(), SortParameters.class,
			new DefaultSortParameters(bytes("store"), null, new byte[][] { bytes("store") }, Order.DESC, true),
			XClaimOptions.class, XClaimOptions.minIdleMs(1).ids("1-1"), Weights.class, Weights.of(1, 2));

	private final List<CommandArguments> sent = new ArrayList<>();

	@Test
	@Report({ "ZRANGESTORE and GEOSEARCHSTORE", "KEYS in MULTI" })
	void everyMethodOfSpringHasTheKeysThatRedisSees(EmbeddedRedisServer server) throws IllegalAccessException {
		RedisNode node = server.nodes().get(0);
		Set<String> differences = new TreeSet<>();
		Set<String> silent = new TreeSet<>();
		int compared = 0;
		try (Connection redis = new Connection(new HostAndPort(node.host(), node.port()))) {
			ServerKeys keys = new ServerKeys(redis);
			for (Map.Entry<Class<?>, Object> group : groups(redis).entrySet()) {
				for (Method method : group.getKey().getMethods()) {
					call(method, group.getValue());
					if (this.sent.isEmpty()) {
						silent.add(method.getName());
					}
					for (CommandArguments command : this.sent) {
						compare(command, keys, differences);
						compared++;
					}
				}
			}
		}
		assertThat(differences).isEmpty();
		assertThat(SILENT).containsAll(silent);
		assertThat(compared).isGreaterThan(330);
	}

	private Map<Class<?>, Object> groups(Connection redis) {
		PlainRedisConnection connection = new PlainRedisConnection(new ExecutorJedis(new UnclosedExecutor() {

			@Override
			public <T> @Nullable T executeCommand(CommandObject<T> command) {
				SpringKeysIntegrationTests.this.sent.add(command.getArguments());
				return null;
			}

		}, mock(ConnectionSource.class), KeySpecs.required(redis::executeCommand)), 0);
		Map<Class<?>, Object> groups = new LinkedHashMap<>();
		groups.put(RedisConnectionCommands.class, connection);
		groups.put(RedisGeoCommands.class, connection.geoCommands());
		groups.put(RedisHashCommands.class, connection.hashCommands());
		groups.put(RedisHyperLogLogCommands.class, connection.hyperLogLogCommands());
		groups.put(RedisKeyCommands.class, connection.keyCommands());
		groups.put(RedisListCommands.class, connection.listCommands());
		groups.put(RedisScriptingCommands.class, connection.scriptingCommands());
		groups.put(RedisServerCommands.class, connection.serverCommands());
		groups.put(RedisSetCommands.class, connection.setCommands());
		groups.put(RedisStreamCommands.class, connection.streamCommands());
		groups.put(RedisStringCommands.class, connection.stringCommands());
		groups.put(RedisZSetCommands.class, connection.zSetCommands());
		return groups;
	}

	private void call(Method method, Object group) throws IllegalAccessException {
		this.sent.clear();
		try {
			method.invoke(group, new SampleArguments(ARGUMENTS).of(method));
		}
		catch (InvocationTargetException | NullPointerException ex) {
			// The missing reply. What matters was sent before.
		}
	}

	private static void compare(CommandArguments command, ServerKeys redis, Set<String> differences) {
		List<String> seen = CommandKeys.of(CommandSpecs.of(command), command).stream().map(CommandKeys::text).toList();
		List<String> expected = redis.of(command);
		if (!seen.equals(expected)) {
			differences.add(CommandSpecs.of(command).name() + " with " + (command.size() - 1) + " arguments: we see "
					+ seen + ", Redis sees " + expected);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
