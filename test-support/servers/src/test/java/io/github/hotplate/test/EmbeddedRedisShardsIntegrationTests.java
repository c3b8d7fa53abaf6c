package io.github.hotplate.test;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedRedisShards}.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class EmbeddedRedisShardsIntegrationTests {

	@Test
	void urlNamesTheServersInTheirOrder(EmbeddedRedisShards shards) {
		assertThat(shards.nodes()).hasSize(3);
		assertThat(shards.url()).isEqualTo(
				"redis://%s,%s,%s".formatted(shards.nodes().get(0), shards.nodes().get(1), shards.nodes().get(2)));
	}

	@Test
	void serversShareNothingButTheirEnd(EmbeddedRedisShards shards) {
		for (RedisNode node : shards.nodes()) {
			assertThat(node.execute("SET", "server", node.toString())).isEqualTo("OK");
		}
		assertThat(shards.nodes()).allSatisfy((node) -> {
			assertThat(node.execute("GET", "server")).isEqualTo(node.toString());
			assertThat(ReplicationRole.of(node)).isEqualTo(new ReplicationRole(0, true, 0));
		});
		shards.flush();
		assertThat(shards.nodes()).allSatisfy((node) -> assertThat(node.execute("DBSIZE")).isEqualTo(0L));
	}

	@Test
	void killedServerComesBack(EmbeddedRedisShards shards) {
		RedisNode killed = shards.nodes().get(1);
		killed.kill();
		assertThat(shards.obstacle()).isEqualTo(killed + " does not run");
		shards.awaitHealthy();
		assertThat(killed.isRunning()).isTrue();
		assertThat(shards.obstacle()).isNull();
	}

	@Test
	void startsAsManyAsAskedForWithTls() {
		try (EmbeddedRedisShards shards = EmbeddedRedisShards.builder().servers(2).tls(true).start()) {
			assertThat(shards.nodes()).hasSize(2);
			assertThat(shards.url()).startsWith("rediss://");
			assertThat(shards).hasToString("2 independent Redis servers");
		}
	}

}
