package io.github.hotplate.hotkey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfig.HotKeys;
import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.MonitoringFailures;

/**
 * Finds the hot keys of one client. Its {@link #advice()} samples the keys of commands
 * that Redis has run; they are summed up in less than 2 MiB and, on a background thread
 * named {@code hotplate-client-hot-keys}, brought to two sorted sets in Redis at each
 * flush interval. Thread-safe. As long as both sample rates are 0 it has neither a thread
 * nor a connection, and no command passes its advice.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">baseplate's
 * hot key tracker</a>
 */
public final class HotKeyTracker implements AutoCloseable {

	/**
	 * How many of the hottest keys listeners are told of, at most.
	 */
	public static final int WATCHED = 20;

	/**
	 * The age at which a command counts half among the recent ones: short enough for a
	 * new hot key to lead within seconds.
	 */
	static final Duration HALF_LIFE = Duration.ofSeconds(2);

	private final String client;

	private final HotKeys options;

	private final TrackerFailures failures;

	private final HotKeySummary summary;

	private final KeySampler sampler;

	private final HotKeyFlusher flusher;

	private final HotKeyReporter reporter;

	private final BackgroundThread thread;

	private final List<HotKeyListener> listeners = new CopyOnWriteArrayList<>();

	private final List<Runnable> switchListeners = new CopyOnWriteArrayList<>();

	private final AtomicBoolean started = new AtomicBoolean();

	private final InstantSource clock;

	private final SampleThrottle throttle;

	private Instant lastTick;

	private long samplesAtLastTick;

	/**
	 * Create a tracker.
	 * @param config the configuration of the client
	 * @param connections reaches the client's Redis
	 * @param naming masks or groups keys, or {@code null} to count them as they are
	 */
	public HotKeyTracker(ClientConfig config, DedicatedConnections connections, @Nullable HotKeyNaming naming) {
		this(config, connections, naming, new MonitoringFailures());
	}

	/**
	 * Create a tracker.
	 * @param config the configuration of the client
	 * @param connections reaches the client's Redis
	 * @param naming masks or groups keys, or {@code null} to count them as they are
	 * @param failures is told when the tracker or a listener fails
	 */
	public HotKeyTracker(ClientConfig config, DedicatedConnections connections, @Nullable HotKeyNaming naming,
			MonitoringFailures failures) {
		this(config, connections, naming, failures, InstantSource.system());
	}

	HotKeyTracker(ClientConfig config, DedicatedConnections connections, @Nullable HotKeyNaming naming,
			MonitoringFailures failures, InstantSource clock) {
		this.client = config.name();
		this.options = config.hotKeys();
		this.clock = clock;
		this.throttle = new SampleThrottle(config.sampleRates());
		this.lastTick = clock.instant();
		this.failures = new TrackerFailures(this.client, failures);
		KeyCutter cutter = new KeyCutter(this.options.maxKeyLength());
		Function<Object, @Nullable KeyName> names = naming(this.client, cutter, naming);
		KeySlots slots = slots(connections);
		this.summary = new HotKeySummary(names, slots, clock, this.failures);
		this.sampler = new KeySampler(cutter, slots, this.options.trackSizes(),
				() -> ThreadLocalRandom.current().nextDouble(), this.summary::offer);
		String instance = Long.toHexString(ThreadLocalRandom.current().nextLong());
		this.flusher = new HotKeyFlusher(this.summary, set(KeyAccess.READS, connections, instance),
				set(KeyAccess.WRITES, connections, instance), this.failures);
		this.reporter = new HotKeyReporter(this.client, this.summary, connections,
				new ServerStatistics(connections, names));
		this.thread = new BackgroundThread(this.client, "hot-keys");
	}

	private static Function<Object, @Nullable KeyName> naming(String client, KeyCutter cutter,
			@Nullable HotKeyNaming naming) {
		if (naming == null) {
			return (key) -> KeyName.of(cutter.cut(key));
		}
		return (key) -> {
			String name = naming.nameOf(client, CommandKeys.text(cutter.cut(key)));
			return (name != null) ? KeyName.of(cutter.cut(name)) : null;
		};
	}

	// A server that has all keys has no slots. Those of a cluster tell more than none.
	private static KeySlots slots(DedicatedConnections connections) {
		KeySlots slots = connections.keySlots();
		return (slots != KeySlots.SINGLE) ? slots : KeySlots.CLUSTER;
	}

	private HotKeySet set(KeyAccess access, DedicatedConnections connections, String instance) {
		int slot = connections.keySlots().slot(access.sortedSet());
		return new HotKeySet(access, this.options.capacity(),
				new TrackerConnection(connections, slot, HotKeySet.TIMEOUT, System::nanoTime), instance);
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
		return new HotKeyAdvice(this);
	}

	/**
	 * Begin to track, if a sample rate is above 0. Called by whoever made the tracker,
	 * once.
	 */
	public void start() {
		if (isActive() && this.started.compareAndSet(false, true)) {
			this.thread.repeat(this::tick, this.options.flushInterval(), this.options.flushInterval());
		}
	}

	/**
	 * Return which share of the commands is sampled.
	 * @return the rates, each from 0 to 1
	 */
	public SampleRates sampleRates() {
		return this.throttle.configured();
	}

	/**
	 * Change which share of the commands is sampled, from the next command on.
	 * @param rates the rates, each from 0 to 1
	 */
	public synchronized void sampleRates(SampleRates rates) {
		Assert.isTrue(isRate(rates.reads()) && isRate(rates.writes()),
				() -> "Sample rates must be from 0 to 1, and not %s and %s".formatted(rates.reads(), rates.writes()));
		boolean wasActive = isActive();
		this.throttle.configure(rates);
		start();
		if (wasActive != isActive()) {
			this.switchListeners.forEach(Runnable::run);
		}
	}

	/**
	 * Change which share of the commands is sampled, depending on the rates that hold.
	 * Changes run one after the other, so that none undoes what another has done.
	 * @param change gives the new rates, each from 0 to 1; must be quick
	 * @return the rates that hold now
	 */
	public synchronized SampleRates changeSampleRates(UnaryOperator<SampleRates> change) {
		sampleRates(change.apply(sampleRates()));
		return sampleRates();
	}

	private static boolean isRate(double rate) {
		return rate >= 0 && rate <= 1;
	}

	boolean isActive() {
		return sampleRates().reads() > 0 || sampleRates().writes() > 0;
	}

	void onSwitch(Runnable listener) {
		this.switchListeners.add(listener);
	}

	/**
	 * Have a listener told of the hottest keys at each flush interval.
	 * @param listener the listener
	 */
	public void addListener(HotKeyListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Return what is known of the client's hot keys in this process. Asks Redis too,
	 * where it measures by itself, which may take half a second for each node.
	 * @param limit how many keys and slots to list at most, at least 1
	 * @return the report
	 */
	public HotKeyReport report(int limit) {
		return this.reporter.report(sampleRates(), this.throttle.effective(), limit);
	}

	/**
	 * Return how many samples were lost, since they came too fast or Redis did not take
	 * them.
	 * @return their number since the start
	 */
	public long droppedSamples() {
		return this.summary.dropped();
	}

	/**
	 * Forget all that was counted in this process. The sorted sets in Redis stay, since
	 * other processes share them.
	 */
	public void reset() {
		this.summary.drain();
		this.flusher.flush();
		this.summary.clear();
	}

	/**
	 * Take samples of a command.
	 * @param command the command, which Redis has run
	 * @param reply its reply
	 */
	void track(CommandObject<?> command, @Nullable Object reply) {
		try {
			this.sampler.sample(this.throttle.effective(), command, reply);
		}
		catch (RuntimeException ex) {
			this.summary.drop();
			this.failures.note("could not sample a command", ex);
		}
	}

	/**
	 * Do what is due at each flush interval.
	 */
	void tick() {
		this.summary.drain();
		throttle();
		for (KeyAccess access : KeyAccess.values()) {
			List<HotKey> hottest = this.reporter.hottest(access, WATCHED);
			this.listeners.forEach((listener) -> tell(listener, access, hottest));
		}
		this.summary.decay(Math.pow(0.5, (double) this.options.flushInterval().toNanos() / HALF_LIFE.toNanos()));
		this.flusher.flush();
	}

	private void throttle() {
		Instant now = this.clock.instant();
		long samples = this.summary.taken();
		Duration elapsed = Duration.between(this.lastTick, now);
		Duration interval = this.options.flushInterval();
		this.throttle.adjust(samples - this.samplesAtLastTick, (elapsed.compareTo(interval) > 0) ? elapsed : interval);
		this.lastTick = now;
		this.samplesAtLastTick = samples;
	}

	private void tell(HotKeyListener listener, KeyAccess access, List<HotKey> hottest) {
		try {
			listener.onHotKeys(this, access, hottest);
		}
		catch (RuntimeException ex) {
			this.failures.noteListener(ex);
		}
	}

	/**
	 * Flush what was counted and stop. Takes two seconds at most, where Redis does not
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
