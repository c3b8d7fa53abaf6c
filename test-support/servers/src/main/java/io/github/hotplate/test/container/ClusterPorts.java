package io.github.hotplate.test.container;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Picks free ports for the nodes of one cluster.
 * <p>
 * They lie below the range from which systems choose the ports of outgoing connections,
 * so that none is taken before the container is up, and within 10000, so that no node's
 * cluster bus, which listens 10000 above its port, meets another node's port.
 */
final class ClusterPorts {

	private static final int FIRST = 20_000;

	private static final int END = 30_000;

	private ClusterPorts() {
	}

	static List<Integer> pick(int count) {
		List<Integer> ports = ThreadLocalRandom.current()
			.ints(FIRST, END)
			.distinct()
			.limit((END - FIRST) / 2)
			.filter(ClusterPorts::isFree)
			.limit(count)
			.boxed()
			.toList();
		if (ports.size() < count) {
			throw new IllegalStateException(
					"Found %d of %d free ports between %d and %d".formatted(ports.size(), count, FIRST, END));
		}
		return ports;
	}

	static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
