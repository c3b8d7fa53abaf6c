package io.github.hotplate.pool;

import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;

/**
 * Connections to one node that are opened for a question of the client and closed after
 * it. They count against the limit, and nobody waits for them. Thread-safe.
 */
final class ExtraConnections {

	private final PooledConnection.Owner owner;

	private final NodeConnector connector;

	private final Permits permits;

	private final ConnectionLimit limit;

	private final BooleanSupplier makeRoom;

	/**
	 * Create an instance without connections.
	 * @param owner the owner of the node's connections
	 * @param connector connects to the node
	 * @param permits the permits to use connections
	 * @param limit bounds the connections
	 * @param makeRoom closes an idle connection and returns whether there was one
	 */
	ExtraConnections(PooledConnection.Owner owner, NodeConnector connector, Permits permits, ConnectionLimit limit,
			BooleanSupplier makeRoom) {
		this.owner = owner;
		this.connector = connector;
		this.permits = permits;
		this.limit = limit;
		this.makeRoom = makeRoom;
	}

	ProbeResult probe() {
		return use(() -> this.connector.probe(this.owner), ProbeResult.NOT_ASKED);
	}

	ProbeResult unblock(ServerSideClient blocked) {
		return use(() -> this.connector.unblock(this.owner, blocked), ProbeResult.NOT_ASKED);
	}

	<T> @Nullable T ask(Function<Connection, T> question) {
		return this.<@Nullable T>use(() -> this.connector.ask(this.owner, question), null);
	}

	private <T extends @Nullable Object> T use(Supplier<T> call, T otherwise) {
		if (!this.permits.tryAcquireForClient()) {
			return otherwise;
		}
		boolean reserved = false;
		try {
			reserved = this.limit.reservePlace(this.makeRoom);
			return reserved ? call.get() : otherwise;
		}
		finally {
			if (reserved) {
				this.limit.releasePlace();
			}
			this.permits.release();
		}
	}

}
