package io.github.hotplate.topology;

import io.github.hotplate.pool.PooledConnection;

/**
 * Tells server processes apart.
 */
public final class ServerProcess {

	private ServerProcess() {
	}

	/**
	 * Return a number for the server process behind a connection. It is asked once for
	 * each connection, since a connection never outlives the process.
	 * @param connection the connection, on which no reply is expected
	 * @return a number from 1 to 2^32 - 1, made of the run ID, or of the address if the
	 * server does not report its run ID
	 */
	public static long of(PooledConnection connection) {
		long known = connection.serverProcess();
		if (known != 0) {
			return known;
		}
		String runId = ServerInfo.of(connection).runId();
		int hash = (runId.isEmpty() ? connection.address() : runId).hashCode();
		long process = (hash != 0) ? Integer.toUnsignedLong(hash) : 1;
		connection.serverProcess(process);
		return process;
	}

}
