package io.github.hotplate.hotkey;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.util.Assert;

import io.github.hotplate.config.ClientConfig.HotKeys;
import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.support.BackgroundThread;

/**
 * Finds the hot keys of one client. Its {@link #advice()} samples the keys of executed
 * commands and sums them up in less than 2 MiB. A background thread named {@code
 * hotplate-client-hot-keys} adds them to two sorted sets in Redis at each flush interval.
 * While both sample rates are 0, the tracker has neither a thread nor a connection, and
 * no command passes its advice. Thread-safe.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">baseplate's
 * hot key tracker</a>
 */
public final class HotKeyTracker implements AutoCloseable {

	/**
	 * How many of the hottest keys listeners are given, at most.
	 */
	public static final int WATCHED = FlushTick.WATCHED;

	private final String client;

	private final HotKeys options;

	private final HotKeySampling sampling;

	private final HotKeySummary summary;

	private final HotKeyFlusher flusher;

	private final HotKeyReporter reporter;

	private final FlushTick tick;

	private final BackgroundThread thread;

	private final AtomicBoolean started = new AtomicBoolean();

	HotKeyTracker(String client, HotKeys options, HotKeySampling sampling, HotKeySummary summary, HotKeyFlusher flusher,
			HotKeyReporter reporter, FlushTick tick) {
		this.client = client;
		this.options = options;
		this.sampling = sampling;
		this.summary = summary;
		this.flusher = flusher;
		this.reporter = reporter;
		this.tick = tick;
		this.thread = new BackgroundThread(client, "hot-keys");
	}

	/**
	 * Return the name of the client.
	 * @return the name, which is the configuration prefix without its final dot
	 */
	public String client() {
		return this.client;
	}

	/**
	 * Return how hot keys are found and shown.
	 * @return the options
	 */
	public HotKeys options() {
		return this.options;
	}

	/**
	 * Return the advice that shows commands to this tracker, to be woven outside of
	 * advice that splits commands.
	 * @return the advice, which is in the chain only while a sample rate is above 0
	 */
	public MethodInterceptor advice() {
		return new HotKeyAdvice(this.sampling);
	}

	/**
	 * Start to track, if a sample rate is above 0.
	 */
	public void start() {
		if (isActive() && this.started.compareAndSet(false, true)) {
			this.thread.repeat(this::tick, this.options.flushInterval(), this.options.flushInterval());
		}
	}

	/**
	 * Return the sample rates.
	 * @return the rates, each from 0 to 1
	 */
	public SampleRates sampleRates() {
		return this.sampling.rates();
	}

	/**
	 * Change the sample rates, from the next command on.
	 * @param rates the rates, each from 0 to 1
	 */
	public synchronized void sampleRates(SampleRates rates) {
		Assert.isTrue(isRate(rates.reads()) && isRate(rates.writes()),
				() -> "Client '%s': sample rates must be from 0 to 1, but are %s for reads and %s for writes"
					.formatted(this.client, rates.reads(), rates.writes()));
		boolean wasActive = isActive();
		this.sampling.configure(rates);
		start();
		if (wasActive != isActive()) {
			this.sampling.announceSwitch();
		}
	}

	/**
	 * Change the sample rates depending on the current rates. Changes run one after the
	 * other, so none overwrites another.
	 * @param change computes the new rates, each from 0 to 1; must be quick
	 * @return the new rates
	 */
	public synchronized SampleRates changeSampleRates(UnaryOperator<SampleRates> change) {
		sampleRates(change.apply(sampleRates()));
		return sampleRates();
	}

	private static boolean isRate(double rate) {
		return rate >= 0 && rate <= 1;
	}

	boolean isActive() {
		return this.sampling.isActive();
	}

	/**
	 * Register a listener for the hottest keys of each flush interval.
	 * @param listener the listener
	 */
	public void addListener(HotKeyListener listener) {
		this.tick.addListener((access, hottest) -> listener.onHotKeys(this, access, hottest));
	}

	/**
	 * Report the hot keys of the client, as seen by this process. Includes the servers'
	 * own measurements if available, which may take half a second for each node.
	 * @param limit how many keys and slots to list at most, at least 1
	 * @return the report
	 */
	public HotKeyReport report(int limit) {
		return this.reporter.report(sampleRates(), this.sampling.effectiveRates(), limit);
	}

	/**
	 * Return how many samples were lost because they came too fast or Redis did not
	 * accept them.
	 * @return their number since the start
	 */
	public long droppedSamples() {
		return this.summary.dropped();
	}

	/**
	 * Reset the counts of this process. The sorted sets in Redis stay, since other
	 * processes share them.
	 */
	public void reset() {
		this.summary.drain();
		this.flusher.flush();
		this.summary.clear();
	}

	/**
	 * Run the tasks of a flush interval.
	 */
	void tick() {
		this.tick.run();
	}

	/**
	 * Flush the remaining counts and stop. Takes two seconds at most if Redis does not
	 * answer.
	 */
	@Override
	public void close() {
		this.thread.close();
		this.summary.drain();
		this.flusher.close();
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "HotKeyTracker[%s, reads %s, writes %s]", this.client, sampleRates().reads(),
				sampleRates().writes());
	}

}
