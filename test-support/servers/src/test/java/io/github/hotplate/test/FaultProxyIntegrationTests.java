package io.github.hotplate.test;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(EmbeddedRedisExtension.class)
class FaultProxyIntegrationTests {

	private static final int TIMEOUT_MILLIS = 200;

	static EmbeddedRedisServer server;

	static EmbeddedRedisShards shards;

	private FaultProxy proxy;

	private Jedis jedis;

	@BeforeEach
	void start() {
		this.proxy = FaultProxy.to(server.nodes().get(0));
		this.jedis = connect();
		this.jedis.set("key", "1");
	}

	@AfterEach
	void stop() {
		this.jedis.close();
		this.proxy.close();
	}

	private Jedis connect() {
		Jedis connected = new Jedis(new HostAndPort(this.proxy.host(), this.proxy.port()),
				DefaultJedisClientConfig.builder().timeoutMillis(TIMEOUT_MILLIS).build());
		connected.connect();
		return connected;
	}

	@Test
	void passesCommandsOn() {
		assertThat(this.jedis.incr("key")).isEqualTo(2);
		assertThat(this.proxy.connections()).isEqualTo(1);
		assertThat(this.proxy.accepted()).isEqualTo(1);
	}

	@Test
	void losesReplyOfCommandThatRan() {
		this.proxy.loseReplies("INCR", 1);
		assertThat(this.jedis.get("key")).isEqualTo("1");
		assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(() -> this.jedis.incr("key"));
		try (Jedis other = connect()) {
			assertThat(other.get("key")).isEqualTo("2");
			assertThat(other.incr("key")).isEqualTo(3);
		}
	}

	@Test
	void swallowsReplyAndLeavesConnectionOpen() {
		this.proxy.swallowReplies("INCR", 1);
		assertTimesOut(this.jedis);
		try (Jedis other = connect()) {
			assertThat(other.get("key")).isEqualTo("2");
		}
	}

	@Test
	void freezesAndThaws() {
		this.proxy.freeze();
		assertTimesOut(this.jedis);
		this.proxy.thaw();
		try (Jedis other = connect()) {
			// What was held back has arrived.
			Awaitility.await().untilAsserted(() -> assertThat(other.get("key")).isEqualTo("2"));
		}
	}

	@Test
	void forgetsOpenConnectionsOnly() {
		this.proxy.forgetConnections();
		assertTimesOut(this.jedis);
		try (Jedis other = connect()) {
			assertThat(other.get("key")).isEqualTo("1");
		}
	}

	private static void assertTimesOut(Jedis jedis) {
		assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(() -> jedis.incr("key"))
			.withMessageContaining("timed out");
	}

	@Test
	void leadsNewConnectionsElsewhere() {
		RedisNode other = shards.nodes().get(0);
		this.proxy.retarget(other);
		assertThat(this.jedis.get("key")).isEqualTo("1");
		try (Jedis elsewhere = connect()) {
			assertThat(elsewhere.configGet("port")).containsEntry("port", Integer.toString(other.port()));
		}
	}

	@Test
	void delaysReplies() {
		this.proxy.delay(Duration.ofMillis(50));
		long start = System.nanoTime();
		this.jedis.get("key");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
	}

	@Test
	void cutsAndRefusesAndAccepts() {
		this.proxy.refuse();
		this.proxy.cut();
		assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(() -> this.jedis.incr("key"));
		assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(this::pingNew);
		Awaitility.await().untilAsserted(() -> assertThat(this.proxy.connections()).isZero());
		this.proxy.accept();
		pingNew();
	}

	private void pingNew() {
		try (Jedis other = connect()) {
			other.ping();
		}
	}

}
