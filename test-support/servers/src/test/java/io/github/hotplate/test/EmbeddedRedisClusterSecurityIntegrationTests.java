package io.github.hotplate.test;

import java.io.File;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EmbeddedRedisCluster} with TLS, passwords and ACL users.
 */
class EmbeddedRedisClusterSecurityIntegrationTests {

	private static final String PASSWORD = "p\"a\\ss wörd";

	@Test
	void userNeedsThePassword() {
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().user("alice", PASSWORD).start()) {
			RedisNode node = cluster.primaryOf("key");
			assertThat(cluster.url()).doesNotContain("alice").doesNotContain(PASSWORD);
			assertThatExceptionOfType(JedisAccessControlException.class)
				.isThrownBy(() -> ping(node, DefaultJedisClientConfig.builder().user("alice").password("wrong")));
			assertThat(ping(node, DefaultJedisClientConfig.builder().user("alice").password(PASSWORD)))
				.isEqualTo("PONG");
			exerciseReplicationAndMigration(cluster);
		}
	}

	@Test
	void tlsIsTrustedThroughTheTrustStore() {
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().tls(true).password(PASSWORD).start()) {
			RedisNode node = cluster.primaryOf("key");
			assertThat(cluster.url()).startsWith("rediss://127.0.0.1:");
			assertThatExceptionOfType(JedisConnectionException.class)
				.isThrownBy(() -> ping(node, DefaultJedisClientConfig.builder().password(PASSWORD)));
			File trustStore = cluster.tls().trustStore().toFile();
			SslOptions ssl = SslOptions.builder()
				.truststore(trustStore, cluster.tls().trustStorePassword().toCharArray())
				.build();
			assertThat(ping(node, DefaultJedisClientConfig.builder().password(PASSWORD).sslOptions(ssl)))
				.isEqualTo("PONG");
			exerciseReplicationAndMigration(cluster);
		}
	}

	private static void exerciseReplicationAndMigration(EmbeddedRedisCluster cluster) {
		RedisNode primary = cluster.primaryOf("key");
		primary.execute("SET", "key", "value");
		RedisNode replica = cluster.replicasOf(primary).get(0);
		cluster.failOver(replica);
		assertThat(replica.execute("GET", "key")).isEqualTo("value");
		int slot = Integer.parseInt(String.valueOf(replica.execute("CLUSTER", "KEYSLOT", "key")));
		RedisNode target = cluster.primaryOfSlot((slot + SlotMap.SLOTS / 2) % SlotMap.SLOTS);
		cluster.migrateSlots(replica, target, slot, slot);
		assertThat(target.execute("GET", "key")).isEqualTo("value");
	}

	private static String ping(RedisNode node, DefaultJedisClientConfig.Builder config) {
		try (Connection connection = new Connection(new HostAndPort(node.host(), node.port()), config.build())) {
			connection.sendCommand(() -> "PING".getBytes());
			return connection.getStatusCodeReply();
		}
	}

}
