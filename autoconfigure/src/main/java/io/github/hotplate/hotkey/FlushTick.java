package io.github.hotplate.hotkey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import io.github.hotplate.support.Listeners;

/**
 * What a tracker does at each flush interval: adapts the sample rates to the traffic,
 * calls the listeners, lets recent counts decay, and flushes. Runs on the tracker's
 * thread; listeners may be added on any.
 */
final class FlushTick {

	/**
	 * How many of the hottest keys listeners are given, at most.
	 */
	static final int WATCHED = 20;

	/**
	 * The age at which a command counts half among the recent ones: short enough for a
	 * new hot key to lead within seconds.
	 */
	static final Duration HALF_LIFE = Duration.ofSeconds(2);

	private final Duration interval;

	private final HotKeySummary summary;

	private final SampleThrottle throttle;

	private final HotKeyReporter reporter;

	private final HotKeyFlusher flusher;

	private final TrackerFailures failures;

	private final InstantSource clock;

	private final List<BiConsumer<KeyAccess, List<HotKey>>> listeners = new CopyOnWriteArrayList<>();

	private Instant last;

	private long samplesAtLast;

	FlushTick(Duration interval, HotKeySummary summary, SampleThrottle throttle, HotKeyReporter reporter,
			HotKeyFlusher flusher, TrackerFailures failures, InstantSource clock) {
		this.interval = interval;
		this.summary = summary;
		this.throttle = throttle;
		this.reporter = reporter;
		this.flusher = flusher;
		this.failures = failures;
		this.clock = clock;
		this.last = clock.instant();
	}

	void addListener(BiConsumer<KeyAccess, List<HotKey>> listener) {
		this.listeners.add(listener);
	}

	void run() {
		this.summary.drain();
		throttle();
		for (KeyAccess access : KeyAccess.values()) {
			List<HotKey> hottest = this.reporter.hottest(access, WATCHED);
			Listeners.tellEach(this.listeners, this.failures.monitoring(),
					(listener) -> listener.accept(access, hottest));
		}
		this.summary.decay(Math.pow(0.5, (double) this.interval.toNanos() / HALF_LIFE.toNanos()));
		this.flusher.flush();
	}

	private void throttle() {
		Instant now = this.clock.instant();
		long samples = this.summary.taken();
		Duration elapsed = Duration.between(this.last, now);
		this.throttle.adjust(samples - this.samplesAtLast,
				(elapsed.compareTo(this.interval) > 0) ? elapsed : this.interval);
		this.last = now;
		this.samplesAtLast = samples;
	}

}
