package io.github.hotplate.pool;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;

/**
 * The connections to one node that nobody uses. The one used last is used next, so that
 * surplus connections stay idle and can make room for another node. Thread-safe, without
 * a lock.
 */
final class IdleConnections {

	/**
	 * A connection that was idle for longer is checked before use, because firewalls and
	 * Redis' {@code timeout} silently drop idle connections.
	 */
	private static final long CHECK_AFTER_IDLE = TimeUnit.SECONDS.toNanos(30);

	/**
	 * Ample for a live node. It is the caller's time.
	 */
	private static final Duration CHECK_LIMIT = Duration.ofMillis(200);

	private final Consumer<PooledConnection> discard;

	private final LongSupplier nanoTime;

	private final Deque<PooledConnection> idle = new ConcurrentLinkedDeque<>();

	private volatile long doubtedAt;

	private volatile boolean closed;

	/**
	 * Create an instance without connections.
	 * @param discard closes a connection that is not idle anymore
	 * @param nanoTime tells the time
	 */
	IdleConnections(Consumer<PooledConnection> discard, LongSupplier nanoTime) {
		this.discard = discard;
		this.nanoTime = nanoTime;
		this.doubtedAt = nanoTime.getAsLong();
	}

	int size() {
		return this.idle.size();
	}

	/**
	 * Take a connection that is likely to work: it was used just now, or answers.
	 * @return the connection, or {@code null} if there is none
	 */
	@Nullable PooledConnection poll() {
		PooledConnection connection;
		while ((connection = this.idle.pollFirst()) != null) {
			if (connection.isBroken()) {
				this.discard.accept(connection);
				continue;
			}
			long idleSince = connection.idleSince();
			long now = this.nanoTime.getAsLong();
			if (now - idleSince < CHECK_AFTER_IDLE && idleSince - this.doubtedAt >= 0) {
				connection.ready(now, 0);
				return connection;
			}
			CallRecord.lap(CallPart.SERVER);
			boolean answers = connection.answersWithin(checkMillis());
			CallRecord.lap(CallPart.CONNECT);
			if (answers) {
				long answered = this.nanoTime.getAsLong();
				connection.ready(answered, answered - now);
				return connection;
			}
			this.discard.accept(connection);
			// Each of the others would cost the caller as much.
			discardIdleSince(idleSince);
		}
		return null;
	}

	/**
	 * Take the connection that was used last, although it is not to be used again.
	 * @return the connection, or {@code null} if there is none
	 */
	@Nullable PooledConnection take() {
		return this.idle.pollFirst();
	}

	private static int checkMillis() {
		return (int) Math.max(1, CallDeadline.limit(CHECK_LIMIT).toMillis());
	}

	private void discardIdleSince(long idleSince) {
		for (PooledConnection other : this.idle) {
			if (other.idleSince() - idleSince <= 0 && this.idle.removeLastOccurrence(other)) {
				this.discard.accept(other);
			}
		}
	}

	/**
	 * Have the connections that are idle now checked before they are used.
	 */
	void doubt() {
		this.doubtedAt = this.nanoTime.getAsLong();
	}

	/**
	 * Add a connection that was in use until now.
	 * @param connection the connection, which is discarded if it cannot be used again
	 * @param now the time
	 */
	void add(PooledConnection connection, long now) {
		if (connection.isBroken() || this.closed) {
			this.discard.accept(connection);
			return;
		}
		connection.idleSince(now);
		this.idle.addFirst(connection);
		afterAdding(connection);
	}

	// What closes connections may have looked just before.
	private void afterAdding(PooledConnection connection) {
		if (this.closed) {
			discardAll();
		}
		else if (connection.isBroken()) {
			discard(connection);
		}
	}

	private void discard(PooledConnection connection) {
		if (this.idle.removeFirstOccurrence(connection)) {
			this.discard.accept(connection);
		}
	}

	/**
	 * Discard the connections that cannot be used again.
	 */
	void discardBroken() {
		this.idle.stream().filter(PooledConnection::isBroken).forEach(this::discard);
	}

	/**
	 * Tell whether no connection was used lately.
	 * @param atRest for how long
	 * @return {@code false} if there is no connection
	 */
	boolean isAtRest(Duration atRest) {
		PooledConnection newest = this.idle.peekFirst();
		return newest != null && this.nanoTime.getAsLong() - newest.idleSince() >= atRest.toNanos();
	}

	/**
	 * Discard connections that the node has closed, beginning with those idle for the
	 * longest, until one is open.
	 */
	void discardEnded() {
		PooledConnection oldest = this.idle.pollLast();
		while (oldest != null && oldest.hasEnded()) {
			this.discard.accept(oldest);
			oldest = this.idle.pollLast();
		}
		if (oldest != null) {
			giveBack(oldest);
		}
	}

	private void giveBack(PooledConnection oldest) {
		if (oldest.isBroken()) {
			this.discard.accept(oldest);
			return;
		}
		this.idle.addLast(oldest);
		afterAdding(oldest);
	}

	/**
	 * Discard the connection that has been idle the longest.
	 * @return whether there was one
	 */
	boolean evict() {
		PooledConnection connection = this.idle.pollLast();
		if (connection == null) {
			return false;
		}
		this.discard.accept(connection);
		return true;
	}

	/**
	 * Discard the connections that are idle now.
	 */
	void discardAll() {
		while (evict()) {
			// Loop until none is left.
		}
	}

	/**
	 * Discard all connections, now and later.
	 */
	void close() {
		this.closed = true;
		discardAll();
	}

}
