package io.github.hotplate.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.ProbeResult;
import io.github.hotplate.support.BackgroundThread;

/**
 * Finds out whether nodes that did not answer a command in time are alive. A node may be
 * alive and the command long, or just one connection dead. Until that is known, callers
 * for the node wait, which takes one round trip if it is alive; if they all went on, each
 * could run into a time-out of its own and keep a connection from callers of other nodes.
 * Thread-safe.
 */
final class NodeInquiries {

	/**
	 * A little longer than a probe takes. A node not heard of by then counts as silent.
	 */
	private static final Duration LIMIT = Duration.ofMillis(250);

	private static final Duration ASK_AGAIN = Duration.ofMillis(50);

	private final ConnectionPools pools;

	private final Predicate<ProbeResult> silence;

	private final BackgroundThread thread;

	private final LongSupplier nanoTime;

	private final Map<HostAndPort, Inquiry> inquiries = new ConcurrentHashMap<>();

	/**
	 * Create an instance that asks nobody.
	 * @param pools the connections
	 * @param silence which result of a probe is no answer
	 * @param thread where nodes are asked
	 * @param nanoTime tells the time
	 */
	NodeInquiries(ConnectionPools pools, Predicate<ProbeResult> silence, BackgroundThread thread,
			LongSupplier nanoTime) {
		this.pools = pools;
		this.silence = silence;
		this.thread = thread;
		this.nanoTime = nanoTime;
	}

	/**
	 * Ask a node, unless it is being asked, and wait for the outcome.
	 * @param node the node
	 * @param silent what to do if it does not answer
	 */
	void ask(HostAndPort node, Runnable silent) {
		Inquiry inquiry = new Inquiry(silent, this.nanoTime);
		if (this.inquiries.putIfAbsent(node, inquiry) == null) {
			this.thread.repeatUntilDone(() -> ask(node, inquiry), Duration.ZERO, ASK_AGAIN);
		}
		waitFor(node);
	}

	private boolean ask(HostAndPort node, Inquiry inquiry) {
		ProbeResult result = this.pools.get(node).probe();
		if (result == ProbeResult.NOT_ASKED && !inquiry.isOver()) {
			return false;
		}
		if (this.silence.test(result)) {
			inquiry.noteSilence();
		}
		this.inquiries.remove(node, inquiry);
		inquiry.end();
		return true;
	}

	/**
	 * Wait for the outcome, if the node is being asked.
	 * @param node the node
	 */
	void await(HostAndPort node) {
		if (!this.inquiries.isEmpty()) {
			CallRecord.lap(CallPart.SERVER);
			waitFor(node);
			CallRecord.lap(CallPart.RETRIES);
		}
	}

	private void waitFor(HostAndPort node) {
		Inquiry inquiry = this.inquiries.get(node);
		if (inquiry != null && !inquiry.await(CallDeadline.limit(LIMIT))) {
			this.inquiries.remove(node, inquiry);
		}
	}

	private static final class Inquiry {

		private final Runnable silent;

		private final AtomicBoolean silenceNoted = new AtomicBoolean();

		private final CountDownLatch ended = new CountDownLatch(1);

		private final LongSupplier nanoTime;

		private final long begin;

		Inquiry(Runnable silent, LongSupplier nanoTime) {
			this.silent = silent;
			this.nanoTime = nanoTime;
			this.begin = nanoTime.getAsLong();
		}

		boolean isOver() {
			return this.nanoTime.getAsLong() - this.begin >= LIMIT.toNanos();
		}

		void noteSilence() {
			if (this.silenceNoted.compareAndSet(false, true)) {
				this.silent.run();
			}
		}

		void end() {
			this.ended.countDown();
		}

		boolean await(Duration limit) {
			try {
				if (this.ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
					return true;
				}
				if (isOver()) {
					noteSilence();
				}
				return !isOver();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return true;
			}
		}

	}

}
