package io.github.hotplate.topology;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeStatus}.
 */
class NodeStatusTests {

	@Test
	void primaryTellsOffsetAndReplicas() {
		assertThat(NodeStatus.parse("""
				redis_version:7.0.15
				role:master
				connected_slaves:2
				master_repl_offset:1086
				""")).isEqualTo(new NodeStatus("redis", "7.0.15", null, false, null, null, 1086L, 2));
	}

	@Test
	void replicaTellsLink() {
		assertThat(NodeStatus.parse("""
				redis_version:7.0.15
				role:slave
				master_link_status:down
				master_last_io_seconds_ago:-1
				master_sync_in_progress:0
				slave_repl_offset:1001
				master_repl_offset:2002
				""")).isEqualTo(new NodeStatus("redis", "7.0.15", null, true, "down", null, 1001L, null));
		assertThat(NodeStatus.parse("role:slave\r\nmaster_link_status:down\r\nmaster_sync_in_progress:1\r\n").link())
			.isEqualTo("syncing");
	}

	@Test
	void valkeyTellsItsOwnVersionAndZone() {
		NodeStatus status = NodeStatus.parse("""
				redis_version:7.2.4
				server_name:valkey
				valkey_version:8.1.3
				availability_zone:eu-west-1a
				""");
		assertThat(status.server()).isEqualTo("valkey");
		assertThat(status.version()).isEqualTo("8.1.3");
		assertThat(status.zone()).isEqualTo("eu-west-1a");
		assertThat(NodeStatus.parse("availability_zone:\r\n").zone()).isNull();
	}

	@Test
	void nothingIsKnownOfServerThatTellsNothing() {
		assertThat(NodeStatus.parse("")).isEqualTo(new NodeStatus(null, null, null, null, null, null, null, null));
	}

}
