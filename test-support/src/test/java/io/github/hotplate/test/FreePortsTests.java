package io.github.hotplate.test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FreePorts}.
 */
class FreePortsTests {

	@Test
	void neverHandsOutAPortTwice() {
		Set<Integer> ports = new HashSet<>();
		try {
			for (int i = 0; i < 500; i++) {
				assertThat(ports.add(FreePorts.reserve())).isTrue();
			}
		}
		finally {
			ports.forEach(FreePorts::release);
		}
	}

	@Test
	void portAndBusPortCanBeBound() throws Exception {
		int port = FreePorts.reserve();
		try (ServerSocket client = listen(port); ServerSocket bus = listen(port + FreePorts.BUS_OFFSET)) {
			assertThat(client.isBound()).isTrue();
			assertThat(bus.getLocalPort()).isLessThanOrEqualTo(32_767);
			assertThat(FreePorts.isFree(port)).isFalse();
		}
		finally {
			FreePorts.release(port);
		}
	}

	private static ServerSocket listen(int port) throws Exception {
		return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
	}

}
