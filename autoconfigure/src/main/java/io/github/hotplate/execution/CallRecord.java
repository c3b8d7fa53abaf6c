package io.github.hotplate.execution;

import java.net.InetSocketAddress;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandSpec;

/**
 * What one call is doing, and where its time goes. Those who send it note what slows it
 * down when it happens: a wait for a connection, a connection that is opened, an attempt
 * that has to be repeated. What remains is the server's, so a call that meets no trouble
 * costs two looks at the clock. Confined to the thread of the call.
 * <p>
 * Whether the server's time counts shows only later. Until something is
 * {@link #served()}, it is that of an attempt, and follows it to the retries or the
 * redirections.
 *
 * @since 0.1.0
 */
public final class CallRecord implements AutoCloseable {

	private static final ThreadLocal<@Nullable CallRecord> CURRENT = new ThreadLocal<>();

	private final CommandObject<?> command;

	private final CommandSpec spec;

	private final LongSupplier nanoTime;

	private final @Nullable CallRecord outer;

	private final long start;

	private long totalNanos;

	// Most calls need none.
	private @Nullable CallLaps laps;

	private int retries;

	private int moved;

	private int asked;

	private @Nullable HostAndPort node;

	private @Nullable InetSocketAddress peer;

	private @Nullable Throwable failure;

	private CallRecord(CommandObject<?> command, CommandSpec spec, LongSupplier nanoTime, @Nullable CallRecord outer) {
		this.command = command;
		this.spec = spec;
		this.nanoTime = nanoTime;
		this.outer = outer;
		this.start = nanoTime.getAsLong();
	}

	/**
	 * Begin to record a call on the current thread.
	 * @param command the command
	 * @param spec what is known of it
	 * @param nanoTime tells the time
	 * @return the record, to be ended and closed by the same thread
	 */
	public static CallRecord start(CommandObject<?> command, CommandSpec spec, LongSupplier nanoTime) {
		CallRecord call = new CallRecord(command, spec, nanoTime, CURRENT.get());
		CURRENT.set(call);
		return call;
	}

	/**
	 * Return the record of the current thread's call.
	 * @return the record, or {@code null} where there is no call
	 */
	public static @Nullable CallRecord current() {
		return CURRENT.get();
	}

	/**
	 * Note how the current thread's call has spent its time since the last such note, or
	 * since it began.
	 * @param part what the time was spent on
	 */
	public static void lap(CallPart part) {
		CallRecord current = CURRENT.get();
		if (current != null) {
			current.laps().add(part, current.nanoTime.getAsLong());
		}
	}

	/**
	 * Note the node to which the current thread's call turns.
	 * @param node the node
	 */
	public static void usesNode(HostAndPort node) {
		CallRecord current = CURRENT.get();
		if (current != null) {
			current.node = node;
			current.peer = null;
		}
	}

	/**
	 * Note where the connection leads that the current thread's call has got.
	 * @param peer the address of the server, {@code null} if it is not known
	 */
	public static void connectedTo(@Nullable InetSocketAddress peer) {
		CallRecord current = CURRENT.get();
		if (current != null) {
			current.peer = peer;
		}
	}

	/**
	 * Note that all replies of one of several nodes have been read, to which the current
	 * thread's call has turned at once. Who answers last is the slowest, unless its
	 * replies had come while others were waited for.
	 * @param node the node
	 * @param peer the address of its server, {@code null} if it is not known
	 */
	public static void replied(HostAndPort node, @Nullable InetSocketAddress peer) {
		CallRecord current = CURRENT.get();
		if (current != null) {
			current.noteReply(node, peer);
		}
	}

	private void noteReply(HostAndPort node, @Nullable InetSocketAddress peer) {
		if (laps().replied(this.nanoTime.getAsLong())) {
			this.node = node;
			this.peer = peer;
		}
	}

	/**
	 * Note that the current thread's call has come closer to its end: what was sent since
	 * the last lap counts, even if other commands have to be sent again.
	 */
	public static void served() {
		CallRecord current = CURRENT.get();
		if (current != null) {
			current.laps().served(current.nanoTime.getAsLong());
		}
	}

	/**
	 * Note that the current thread's call, or one of its commands, is about to be sent
	 * again.
	 */
	public static void retried() {
		CallRecord current = CURRENT.get();
		if (current != null) {
			current.retries++;
		}
	}

	/**
	 * Note that a node has sent the current thread's call, or one of its commands, to
	 * another node.
	 * @param asking whether for this command only
	 */
	public static void redirected(boolean asking) {
		CallRecord current = CURRENT.get();
		if (current != null && asking) {
			current.asked++;
		}
		else if (current != null) {
			current.moved++;
		}
	}

	private CallLaps laps() {
		CallLaps made = this.laps;
		if (made == null) {
			made = new CallLaps(this.start);
			this.laps = made;
		}
		return made;
	}

	/**
	 * Note that the call has ended.
	 * @param failure why it failed, or {@code null} if it did not
	 */
	public void end(@Nullable Throwable failure) {
		this.totalNanos = this.nanoTime.getAsLong() - this.start;
		this.failure = failure;
	}

	public CommandObject<?> command() {
		return this.command;
	}

	public CommandSpec spec() {
		return this.spec;
	}

	/**
	 * Return how much of the time went into a part of the call.
	 * @param part the part
	 * @return the time in nanoseconds; the parts add up to the total
	 */
	public long nanos(CallPart part) {
		if (this.laps != null) {
			return this.laps.nanos(part, this.totalNanos);
		}
		return (part == CallPart.SERVER) ? this.totalNanos : 0;
	}

	/**
	 * Return how long the call took.
	 * @return the time in nanoseconds, zero until the call has ended
	 */
	public long totalNanos() {
		return this.totalNanos;
	}

	/**
	 * Return how often the call, or one of its commands, was sent again.
	 * @return the number of retries
	 */
	public int retries() {
		return this.retries;
	}

	/**
	 * Return how often a node named another one as the owner of a slot.
	 * @return the number of {@code MOVED} replies that were followed
	 */
	public int moved() {
		return this.moved;
	}

	/**
	 * Return how often a node named another one for a single command.
	 * @return the number of {@code ASK} replies that were followed
	 */
	public int asked() {
		return this.asked;
	}

	/**
	 * Return the node to which the call turned last.
	 * @return the node, or {@code null} if it came to none
	 */
	public @Nullable HostAndPort node() {
		return this.node;
	}

	/**
	 * Return where the connection leads that the call used last.
	 * @return the address, or {@code null} if it has had no connection to its last node
	 */
	public @Nullable InetSocketAddress peer() {
		return this.peer;
	}

	/**
	 * Return why the call failed.
	 * @return the failure, or {@code null} if it has not failed
	 */
	public @Nullable Throwable failure() {
		return this.failure;
	}

	// Not removed: a new entry of the thread for each call would take longer than the
	// rest.
	@Override
	public void close() {
		CURRENT.set(this.outer);
	}

}
