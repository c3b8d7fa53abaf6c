package io.github.hotplate.connection;

import java.util.List;
import java.util.Map;
import java.util.Properties;

import io.micrometer.tracing.test.simple.SimpleSpan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call for several nodes is one sample and one span, which tells how many nodes see it.
 * The keys {@code a}, {@code b} and {@code c} live on three nodes.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class CrossSlotMonitoringIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static Client client;

	private static StringRedisTemplate foo;

	@BeforeAll
	static void connect() {
		client = new Client(cluster.url(), Map.of());
		foo = client.template();
	}

	@AfterAll
	static void disconnect() {
		client.close();
	}

	@Test
	void callIsOneSampleAndOneSpanWithItsKeysAndNodes() {
		foo.opsForValue().set("a", "x");
		long before = client.measured("rename");
		long restores = client.measured("restore");
		foo.rename("a", "b");
		assertThat(client.measured("rename")).isEqualTo(before + 1);
		assertThat(client.measured("restore")).isEqualTo(restores);
		SimpleSpan span = client.tracer().lastSpan();
		assertThat(span.getName()).isEqualTo("foo.RENAME");
		assertThat(span.getTags()).containsEntry("hotplate.keys", "2").containsEntry("hotplate.nodes", "2");
	}

	@Test
	void serverCommandOnAllPrimariesIsOneSample() {
		client.template().execute((RedisCallback<Object>) (connection) -> {
			Properties info = connection.serverCommands().info("server");
			assertThat(info.keySet()).filteredOn((key) -> key.toString().endsWith(".redis_version")).hasSize(3);
			assertThat(connection.serverCommands().getConfig("maxmemory").keySet())
				.filteredOn((key) -> key.toString().endsWith(".maxmemory"))
				.hasSize(3);
			assertThat(connection.serverCommands().lastSave()).isPositive();
			assertThat(connection.serverCommands().getClientList()).isNotEmpty();
			return null;
		});
		assertThat(client.measured()).containsEntry("info", 1L)
			.containsEntry("config get", 1L)
			.containsEntry("lastsave", 1L)
			.containsEntry("client list", 1L)
			.doesNotContainKey("cluster nodes");
	}

	@Test
	void spanOfSplitCallTellsKeysAndNodes() {
		foo.opsForValue().multiGet(List.of("a", "b", "c", "a"));
		assertThat(client.tracer().lastSpan().getTags()).containsEntry("hotplate.keys", "4")
			.containsEntry("hotplate.nodes", "3");
		foo.opsForValue().multiGet(List.of("{a}1", "{a}2"));
		assertThat(client.tracer().lastSpan().getTags()).doesNotContainKeys("hotplate.keys", "hotplate.nodes");
		foo.keys("*");
		assertThat(client.tracer().lastSpan().getTags()).containsEntry("hotplate.nodes", "3")
			.doesNotContainKey("hotplate.keys");
	}

}
