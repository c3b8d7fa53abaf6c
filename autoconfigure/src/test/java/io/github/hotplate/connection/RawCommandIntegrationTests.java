package io.github.hotplate.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.reports.Report;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands that are given as a name and bytes find their node as any other does.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class RawCommandIntegrationTests {

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

	@Test
	void goesToTheNodeOfItsKey() {
		long before = redirections();
		long sets = client.measured("set");
		long gets = client.measured("get");
		for (int i = 0; i < 30; i++) {
			assertThat(execute("SET", "raw:" + i, "v" + i)).isEqualTo("OK");
			assertThat(execute("get", "raw:" + i)).isEqualTo("v" + i);
		}
		assertThat(redirections()).isEqualTo(before);
		assertThat(client.measured("set")).isEqualTo(sets + 30);
		assertThat(client.measured("get")).isEqualTo(gets + 30);
	}

	@Test
	void spansSlots() {
		assertThat(execute("MSET", "raw:a", "1", "raw:b", "2", "raw:c", "3")).isEqualTo("OK");
		assertThat(execute("MGET", "raw:a", "raw:b", "raw:none", "raw:c")).isEqualTo("[1, 2, null, 3]");
	}

	@Test
	void findsKeysByTheirNumberAndByKeyword() {
		execute("ZADD", "{z}:a", "1", "one");
		execute("ZADD", "{z}:b", "2", "two");
		long before = redirections();
		assertThat(execute("ZUNION", "2", "{z}:a", "{z}:b")).isEqualTo("[one, two]");
		execute("XADD", "stream", "1-1", "f", "v");
		assertThat(execute("XREAD", "COUNT", "1", "STREAMS", "stream", "0")).contains("1-1");
		assertThat(execute("OBJECT", "ENCODING", "stream")).isEqualTo("stream");
		assertThat(redirections()).isEqualTo(before);
	}

	@Test
	@Report("keys of commands by name")
	void goesToTheNodeOfTheSlotThatItNames() {
		execute("SET", "raw:slot", "v");
		String slot = String.valueOf(CommandKeys.slot("raw:slot"));
		for (int i = 0; i < 12; i++) {
			assertThat(execute("CLUSTER", "COUNTKEYSINSLOT", slot)).isEqualTo("1");
			assertThat(execute("cluster", "getkeysinslot", slot, "9")).isEqualTo("[raw:slot]");
		}
		assertThat(client.template().executePipelined((RedisCallback<Object>) (connection) -> {
			connection.execute("CLUSTER", bytes("COUNTKEYSINSLOT"), bytes(slot));
			return null;
		})).containsExactly(1L);
	}

	@Test
	void resetsAllNodes() {
		assertThat(execute("LATENCY", "RESET")).isEqualTo("0");
		assertThat(execute("MEMORY", "PURGE")).isEqualTo("OK");
		assertThat(client.measured("latency reset")).isEqualTo(1);
	}

	@Test
	void worksInPipeline() {
		List<Object> results = client.template().executePipelined("raw", (RedisCallback<Object>) (connection) -> {
			connection.execute("SET", bytes("raw:p1"), bytes("1"));
			connection.execute("GET", bytes("raw:p1"));
			return null;
		});
		assertThat(results).containsExactly("OK", "1");
		assertThat(client.tracer().getSpans()).anyMatch((span) -> span.getName().equals("foo.pipeline_raw"));
	}

	// MOVED replies that the nodes have given, as Redis counts them.
	private static long redirections() {
		return cluster.nodes()
			.stream()
			.map((node) -> String.valueOf(node.execute("INFO", "errorstats")))
			.flatMap(String::lines)
			.filter((line) -> line.startsWith("errorstat_MOVED:count="))
			.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf('=') + 1).strip()))
			.sum();
	}

	private static String execute(String command, String... arguments) {
		try (RedisConnection connection = client.connectionFactory().getConnection()) {
			return text(connection.execute(command,
					Stream.of(arguments).map(RawCommandIntegrationTests::bytes).toArray(byte[][]::new)));
		}
	}

	private static String text(Object reply) {
		if (reply instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		if (reply instanceof List<?> list) {
			return list.stream().map(RawCommandIntegrationTests::text).toList().toString();
		}
		return String.valueOf(reply);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
