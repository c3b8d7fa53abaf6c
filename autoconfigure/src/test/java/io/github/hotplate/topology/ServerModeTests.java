package io.github.hotplate.topology;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ServerMode}.
 */
class ServerModeTests {

	private static final HostAndPort SERVER = new HostAndPort("host", 6379);

	@ParameterizedTest
	@CsvSource({ "standalone, STANDALONE", "cluster, CLUSTER", "sentinel, SENTINEL" })
	void isWhatServerSays(String text, ServerMode mode) {
		assertThat(ServerMode.parse("# Server\r\nredis_version:7.0.15\r\nredis_mode:" + text + "\r\n")).isEqualTo(mode);
		assertThat(ServerMode.parse("# Server\r\nserver_name:valkey\r\nserver_mode:" + text + "\r\n")).isEqualTo(mode);
	}

	@Test
	void serverThatDoesNotSayStandsAlone() {
		assertThat(ServerMode.parse("")).isEqualTo(ServerMode.STANDALONE);
	}

	@Test
	void onlyServerThatStandsAloneIsTaken() {
		assertThatNoException().isThrownBy(() -> ServerMode.STANDALONE.checkStandalone("foo", SERVER));
		assertThatExceptionOfType(ServerModeException.class)
			.isThrownBy(() -> ServerMode.CLUSTER.checkStandalone("foo", SERVER))
			.withMessageContainingAll("host:6379", "'foo'", "cluster mode")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("foo.mode to cluster"));
		assertThatExceptionOfType(ServerModeException.class)
			.isThrownBy(() -> ServerMode.SENTINEL.checkStandalone("foo", SERVER))
			.withMessageContaining("is a Sentinel");
	}

}
