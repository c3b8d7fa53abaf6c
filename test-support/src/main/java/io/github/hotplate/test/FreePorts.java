package io.github.hotplate.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out unused ports, together with their cluster bus ports.
 * <p>
 * Both lie below the ranges from which Linux and macOS choose the ports of outgoing
 * connections, so that a client's socket cannot take one between the look and the
 * server's bind, nor while a killed server is away.
 */
final class FreePorts {

	static final int BUS_OFFSET = 10_000;

	private static final int FIRST = 10_000;

	private static final int END = 22_000;

	private static final int ATTEMPTS = 1_000;

	private static final Set<Integer> RESERVED = ConcurrentHashMap.newKeySet();

	private FreePorts() {
	}

	static int reserve() {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, END);
			if (RESERVED.add(port)) {
				if (isFree(port) && isFree(port + BUS_OFFSET)) {
					return port;
				}
				RESERVED.remove(port);
			}
		}
		throw new EmbeddedRedisException("No free port found between %d and %d".formatted(FIRST, END));
	}

	static void release(int port) {
		RESERVED.remove(port);
	}

	static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
