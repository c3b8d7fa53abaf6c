package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.hotplate.execution.Recovery;

/**
 * Asks a node that refused commands, since the cluster was down, until it takes them
 * again, and then lets all callers go on that wait for it. However many wait, one asks.
 */
final class ClusterRecovery implements Recovery {

	private static final Duration INTERVAL = Duration.ofMillis(20);

	private final BackgroundThread thread;

	private final BooleanSupplier recovered;

	private boolean asking;

	private boolean ended;

	private long recoveries;

	ClusterRecovery(BackgroundThread thread, BooleanSupplier recovered) {
		this.thread = thread;
		this.recovered = recovered;
	}

	@Override
	public synchronized boolean await(Duration limit) throws InterruptedException {
		if (!this.asking && !this.ended) {
			this.asking = true;
			this.thread.repeatUntilDone(this::ask, INTERVAL, INTERVAL);
		}
		long before = this.recoveries;
		long deadline = System.nanoTime() + limit.toNanos();
		long left = limit.toNanos();
		while (!this.ended && this.recoveries == before && left > 0) {
			TimeUnit.NANOSECONDS.timedWait(this, left);
			left = deadline - System.nanoTime();
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
	 * Let all go on that wait, now and later, whether the node takes commands or not.
	 */
	synchronized void end() {
		this.ended = true;
		notifyAll();
	}

}
