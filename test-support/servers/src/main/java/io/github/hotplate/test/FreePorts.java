package io.github.hotplate.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * Hands out unused ports, together with their cluster bus ports.
 * <p>
 * Both lie below the ranges from which Linux and macOS choose the ports of outgoing
 * connections, so that a client's socket cannot take one between the look and the
 * server's bind, nor while a killed server is away. For the same reason a reserved port
 * is locked against other JVMs of the same user, which may run tests at the same time:
 * its lock is a byte of one file, and ends with the JVM at the latest.
 */
final class FreePorts {

	static final int BUS_OFFSET = 10_000;

	private static final int FIRST = 10_000;

	private static final int END = 22_000;

	private static final int ATTEMPTS = 1_000;

	private static final Map<Integer, FileLock> RESERVED = new ConcurrentHashMap<>();

	private FreePorts() {
	}

	static int reserve() {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, END);
			if (reserve(port)) {
				if (isFree(port) && isFree(port + BUS_OFFSET)) {
					return port;
				}
				release(port);
			}
		}
		throw new EmbeddedRedisException("No free port found between %d and %d".formatted(FIRST, END));
	}

	/**
	 * Reserve a port, whether it can be bound or not.
	 * @param port the port
	 * @return whether it was not reserved before, by this JVM or another
	 */
	static boolean reserve(int port) {
		try {
			FileLock lock = tryLock(port);
			if (lock == null) {
				return false;
			}
			RESERVED.put(port, lock);
			return true;
		}
		catch (IOException ex) {
			throw new EmbeddedRedisException("Cannot lock port " + port + " in " + Locks.FILE, ex);
		}
	}

	private static @Nullable FileLock tryLock(int port) throws IOException {
		try {
			return Locks.CHANNEL.tryLock(port, 1, false);
		}
		catch (OverlappingFileLockException ex) {
			// Reserved by this JVM.
			return null;
		}
	}

	static void release(int port) {
		FileLock lock = RESERVED.remove(port);
		if (lock == null) {
			return;
		}
		try {
			lock.release();
		}
		catch (IOException ex) {
			throw new EmbeddedRedisException("Cannot unlock port " + port + " in " + Locks.FILE, ex);
		}
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

	/**
	 * The file that all JVMs of a user share. It stays empty, and is never closed: that
	 * would end all locks of this JVM.
	 */
	private static final class Locks {

		private static final Path FILE = Path.of(System.getProperty("java.io.tmpdir"),
				"hotplate-ports-" + System.getProperty("user.name") + ".lock");

		private static final FileChannel CHANNEL = open();

		private static FileChannel open() {
			try {
				return FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			}
			catch (IOException ex) {
				throw new EmbeddedRedisException("Cannot open " + FILE, ex);
			}
		}

	}

}
