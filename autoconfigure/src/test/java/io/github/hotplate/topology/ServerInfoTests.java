package io.github.hotplate.topology;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerInfo}.
 */
class ServerInfoTests {

	@Test
	void isWhatServerSays() {
		assertThat(ServerInfo.parse("# Server\r\nredis_mode:cluster\r\nrun_id:0f8a\r\ntcp_port:6379\r\n"))
			.isEqualTo(new ServerInfo(ServerMode.CLUSTER, "0f8a"));
	}

	@Test
	void serverThatDoesNotSayHasNoId() {
		assertThat(ServerInfo.parse("")).isEqualTo(new ServerInfo(ServerMode.STANDALONE, ""));
	}

}
