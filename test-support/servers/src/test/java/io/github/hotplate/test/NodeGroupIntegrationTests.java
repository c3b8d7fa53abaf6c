package io.github.hotplate.test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Iterator;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeGroup}.
 */
class NodeGroupIntegrationTests {

	private final ServerSettings settings = new ServerSettings(Credentials.NONE, null, List.of());

	@ParameterizedTest
	@ValueSource(ints = { 0, FreePorts.BUS_OFFSET })
	void takesAnotherPortWhenItLosesTheRace(int offset) throws Exception {
		int lost = FreePorts.reserve();
		try (ServerSocket winner = new ServerSocket(lost + offset, 1, InetAddress.getLoopbackAddress());
				NodeGroup group = new NodeGroup()) {
			Iterator<Integer> ports = List.of(lost).iterator();
			RedisNode node = group
				.launch(1, this.settings, (port) -> clusterNode(ports.hasNext() ? ports.next() : port))
				.get(0);
			assertThat(winner.isBound()).isTrue();
			assertThat(node.port()).isNotEqualTo(lost);
			assertThat(node.execute("PING")).isEqualTo("PONG");
		}
		finally {
			FreePorts.release(lost);
		}
	}

	private RedisConfig clusterNode(int port) {
		return this.settings.dataNode(port).add("cluster-enabled", "yes");
	}

}
