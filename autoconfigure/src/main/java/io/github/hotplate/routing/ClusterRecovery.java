package io.github.hotplate.routing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.hotplate.execution.Recovery;
import io.github.hotplate.support.BackgroundThread;

/**
 * Polls a node that refused commands because the cluster was down, and releases all
 * waiting callers once it accepts commands again. One poll serves all callers.
 */
final class ClusterRecovery implements Recovery {

	private static final Duration INTERVAL = Duration.ofMillis(20);

	private final BackgroundThread thread;

	private final BooleanSupplier recovered;

	private final LongSupplier nanoTime;

	private boolean asking;

	private boolean ended;

	private long recoveries;

	ClusterRecovery(BackgroundThread thread, BooleanSupplier recovered, LongSupplier nanoTime) {
		this.thread = thread;
		this.recovered = recovered;
		this.nanoTime = nanoTime;
	}

	@Override
	public synchronized boolean await(Duration limit) throws InterruptedException {
		if (!this.asking && !this.ended) {
			this.asking = true;
			this.thread.repeatUntilDone(this::ask, INTERVAL, INTERVAL);
		}
		long before = this.recoveries;
		long deadline = this.nanoTime.getAsLong() + limit.toNanos();
		long left = limit.toNanos();
		while (!this.ended && this.recoveries == before && left > 0) {
			TimeUnit.NANOSECONDS.timedWait(this, left);
			left = deadline - this.nanoTime.getAsLong();
		}
		return this.ended || this.recoveries != before;
	}

	private boolean ask() {
		boolean up = this.recovered.getAsBoolean();
		if (up) {
			release();
		}
		return up;
	}

	private synchronized void release() {
		this.asking = false;
		this.recoveries++;
		notifyAll();
	}

	/**
	 * Release all callers, now and later, regardless of whether the node accepts
	 * commands.
	 */
	synchronized void end() {
		this.ended = true;
		notifyAll();
	}

}
