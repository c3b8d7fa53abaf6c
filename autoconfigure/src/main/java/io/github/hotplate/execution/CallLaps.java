package io.github.hotplate.execution;

/**
 * Where the time of a call has gone so far that meets trouble or goes by several steps.
 * Confined to the thread of the call.
 */
final class CallLaps {

	/**
	 * A node was waited for if that took one part in so many of the time so far.
	 */
	private static final int NOTICEABLE = 4;

	private long lapStart;

	private long repliedAt;

	private long attemptNanos;

	private long poolWaitNanos;

	private long connectNanos;

	private long retryNanos;

	private long redirectNanos;

	CallLaps(long start) {
		this.lapStart = start;
		this.repliedAt = start;
	}

	/**
	 * Note what the time since the last lap was spent on.
	 * @param part what it was spent on
	 * @param now the time
	 */
	void add(CallPart part, long now) {
		long lap = now - this.lapStart;
		this.lapStart = now;
		switch (part) {
			case POOL_WAIT -> this.poolWaitNanos += lap;
			case CONNECT -> this.connectNanos += lap;
			case RETRIES -> this.retryNanos += lap + takeAttempt();
			case REDIRECTS -> this.redirectNanos += lap + takeAttempt();
			case SERVER -> this.attemptNanos += lap;
		}
	}

	/**
	 * Note that what was sent since the last lap, and before it, counts.
	 * @param now the time
	 */
	void served(long now) {
		add(CallPart.SERVER, now);
		takeAttempt();
	}

	private long takeAttempt() {
		long taken = this.attemptNanos;
		this.attemptNanos = 0;
		return taken;
	}

	/**
	 * Note that one of several nodes has sent all its replies.
	 * @param now the time
	 * @return whether it was waited for, rather than others before it
	 */
	boolean replied(long now) {
		long waited = now - Math.max(this.lapStart, this.repliedAt);
		this.repliedAt = now;
		return waited * NOTICEABLE >= now - this.lapStart;
	}

	long nanos(CallPart part, long total) {
		return switch (part) {
			case POOL_WAIT -> this.poolWaitNanos;
			case CONNECT -> this.connectNanos;
			case RETRIES -> this.retryNanos;
			case REDIRECTS -> this.redirectNanos;
			case SERVER ->
				Math.max(0, total - this.poolWaitNanos - this.connectNanos - this.retryNanos - this.redirectNanos);
		};
	}

}
