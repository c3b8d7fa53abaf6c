package io.github.hotplate.activity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.hotkey.HotKeyNaming;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The slow calls of one client: the latest, and the slowest of the last hour.
 * Thread-safe.
 * <p>
 * A call is slow if it takes {@code slow_calls.threshold} or longer. What a blocking
 * command waits as it was asked to does not count. One half of
 * {@code slow_calls.capacity} holds the latest slow calls; a call that must leave it
 * stays in the other half while it is among the slowest of the last hour. So neither an
 * outage hides what is slow now, nor do many moderately slow calls displace the worst.
 *
 * @since 0.1.0
 */
public final class SlowCalls {

	private final String client;

	private final int capacity;

	private final Duration threshold;

	private final SlowCallHistory history;

	private final SlowCallNotes notes;

	/**
	 * Create an instance without calls.
	 * @param config says which calls to keep
	 * @param naming masks keys, or {@code null}
	 * @param traces knows the trace of the current thread
	 * @param failures is told when the naming or the trace fails
	 */
	public SlowCalls(ClientConfig config, @Nullable HotKeyNaming naming, TraceIds traces, MonitoringFailures failures) {
		this(config, naming, traces, failures, InstantSource.system());
	}

	SlowCalls(ClientConfig config, @Nullable HotKeyNaming naming, TraceIds traces, MonitoringFailures failures,
			InstantSource clock) {
		this.client = config.name();
		this.capacity = config.slowCalls().capacity();
		this.threshold = config.slowCalls().threshold();
		this.history = new SlowCallHistory(this.capacity, clock);
		this.notes = new SlowCallNotes(new ShownKeys(config, naming, failures), traces, failures, clock);
	}

	/**
	 * Return the name of the client.
	 * @return the name, which is the configuration prefix without its final dot
	 */
	public String client() {
		return this.client;
	}

	/**
	 * Return how many calls are kept.
	 * @return the most calls that {@link #list()} can have, 0 if none are kept
	 */
	public int capacity() {
		return this.capacity;
	}

	/**
	 * Return how long a slow call takes.
	 * @return the least time, or zero if all calls compete
	 */
	public Duration threshold() {
		return this.threshold;
	}

	/**
	 * Return the slow calls.
	 * @return the calls, slowest first
	 */
	public List<SlowCall> list() {
		return this.history.list();
	}

	/**
	 * Forget all calls.
	 */
	public void reset() {
		this.history.clear();
	}

	/**
	 * Return what notes slow calls.
	 * @return a listener for all calls of the client, or {@code null} if none are kept
	 */
	public @Nullable CallListener listener() {
		return (this.capacity > 0) ? this::callEnded : null;
	}

	private void callEnded(CallRecord call) {
		long least = this.threshold.toNanos();
		if (call.totalNanos() >= least && call.totalNanos() - AskedWait.nanos(call) >= least) {
			this.history.add(this.notes.note(call));
		}
	}

}
