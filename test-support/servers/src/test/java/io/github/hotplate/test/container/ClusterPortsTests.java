package io.github.hotplate.test.container;

import java.io.IOException;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ClusterPorts}.
 */
class ClusterPortsTests {

	@Test
	void picksDistinctPortsWithRoomForTheClusterBus() {
		assertThat(ClusterPorts.pick(100)).hasSize(100)
			.doesNotHaveDuplicates()
			.allSatisfy((port) -> assertThat(port).isBetween(20000, 29999));
	}

	@Test
	void leavesOutPortsInUse() throws IOException {
		int port = ClusterPorts.pick(1).get(0);
		assertThat(ClusterPorts.isFree(port)).isTrue();
		try (ServerSocket socket = new ServerSocket(port)) {
			assertThat(ClusterPorts.isFree(socket.getLocalPort())).isFalse();
		}
	}

	@Test
	void saysHowManyPortsWereFreeWhenThereAreTooFew() {
		assertThatIllegalStateException().isThrownBy(() -> ClusterPorts.pick(Integer.MAX_VALUE))
			.withMessageContaining("free ports between 20000 and 30000");
	}

}
