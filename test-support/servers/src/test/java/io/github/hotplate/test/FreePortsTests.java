package io.github.hotplate.test;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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

	@Test
	void reservedPortIsNotHandedOutToAnotherJvm() throws Exception {
		Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Application.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = jvm.inputReader()) {
			int port = Integer.parseInt(output.readLine());
			assertThat(FreePorts.isFree(port)).isTrue();
			assertThat(FreePorts.reserve(port)).isFalse();
			jvm.destroyForcibly().waitFor();
			assertThat(FreePorts.reserve(port)).isTrue();
			FreePorts.release(port);
		}
		finally {
			jvm.destroyForcibly();
		}
	}

	private static ServerSocket listen(int port) throws Exception {
		return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
	}

	/**
	 * Reserves a port until it is killed.
	 */
	public static final class Application {

		private Application() {
		}

		public static void main(String[] args) throws Exception {
			System.out.println(FreePorts.reserve());
			while (System.in.read() >= 0) {
				// Runs until its parent ends.
			}
		}

	}

}
