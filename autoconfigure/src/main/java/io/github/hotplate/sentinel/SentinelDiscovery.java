package io.github.hotplate.sentinel;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.support.RateLimitedLog;

/**
 * Asks one Sentinel after the other until one names a working primary. Thread-safe.
 * <p>
 * Two checks protect it from a Sentinel that lags behind. First, each failover has a
 * number (its epoch), and a Sentinel that only knows an earlier one is not believed: in
 * an orderly failover the demoted primary still accepts writes for a while and claims to
 * be the primary. Second, the node is asked for its role. A promotion is believed as soon
 * as the replica confirms it, since Sentinels notice it up to a second late. From then
 * on, Sentinels that do not know of the promotion are not believed, unless the replica or
 * the promoting Sentinel revokes it.
 *
 * @see <a href=
 * "https://redis.io/docs/latest/develop/reference/sentinel-clients/">Guidelines for Redis
 * clients with support for Redis Sentinel</a>
 */
final class SentinelDiscovery {

	private static final Logger logger = LoggerFactory.getLogger(SentinelDiscovery.class);

	/**
	 * Events come in groups. Even a stream of them must not keep a slow primary from
	 * being found.
	 */
	private static final int MAX_INTERRUPTIONS = 5;

	private final ClientConfig client;

	private final SentinelDirectory directory;

	private final JedisClientConfig sentinels;

	private final JedisClientConfig roles;

	private final PromotionWatch watch;

	private final SentinelEpochs epochs;

	private final RateLimitedLog log = new RateLimitedLog(logger);

	private final AtomicReference<KnownFailover> known = new AtomicReference<>(KnownFailover.NONE);

	private volatile Interruption running = new Interruption();

	/**
	 * Create a discovery.
	 * @param client the client
	 * @param directory the Sentinels
	 * @param sentinels how Sentinels are connected to
	 * @param roles how data nodes are asked for their role
	 * @param watch receives the view of each Sentinel
	 */
	SentinelDiscovery(ClientConfig client, SentinelDirectory directory, JedisClientConfig sentinels,
			JedisClientConfig roles, PromotionWatch watch) {
		this.client = client;
		this.directory = directory;
		this.sentinels = sentinels;
		this.roles = roles;
		this.watch = watch;
		this.epochs = new SentinelEpochs(client, sentinels);
	}

	/**
	 * Ask for the topology.
	 * @return the topology of the first Sentinel that can be believed
	 * @throws SentinelDiscoveryException if there is none
	 */
	SentinelTopology read() {
		if (this.epochs.isUnknown()) {
			noteEpoch(this.epochs.learn(this.directory.inOrder()));
		}
		for (int i = 0; i < MAX_INTERRUPTIONS; i++) {
			Interruption interruption = new Interruption();
			this.running = interruption;
			try {
				SentinelTopology topology = read(interruption);
				if (topology != null) {
					return topology;
				}
			}
			catch (SentinelDiscoveryException ex) {
				if (!interruption.isInterrupted()) {
					throw ex;
				}
			}
		}
		return Objects.requireNonNull(read(new Interruption()));
	}

	/**
	 * Restart the current round, if any. Called when news makes its answers worthless,
	 * since the round may be waiting for a silent server.
	 */
	void interrupt() {
		this.running.interrupt();
	}

	/**
	 * Note that a replica has been promoted, for all rounds to come.
	 * @param view the view of the promoting Sentinel
	 */
	void promoted(SentinelView view) {
		this.known
			.updateAndGet((failover) -> (failover.epoch() == view.epoch()) ? KnownFailover.underWay(view) : failover);
	}

	/**
	 * Note that a Sentinel knows of a failover. Those that know only earlier ones are not
	 * believed from now on: one that is cut off from the others goes on naming the former
	 * primary.
	 * @param epoch the number of the failover
	 */
	void noteEpoch(long epoch) {
		this.known.updateAndGet((failover) -> (failover.epoch() < epoch) ? new KnownFailover(epoch, null) : failover);
	}

	void close() {
		this.epochs.close();
	}

	private @Nullable SentinelTopology read(Interruption interruption) {
		KnownFailover failover = this.known.get();
		SentinelRound round = new SentinelRound(this.client, this.sentinels, new PrimaryCheck(this.roles, interruption),
				failover, interruption);
		for (HostAndPort sentinel : this.directory.inOrder()) {
			SentinelView view = round.ask(sentinel);
			if (interruption.isInterrupted()) {
				return null;
			}
			if (view == null) {
				this.directory.failed(sentinel);
				continue;
			}
			this.directory.learn(sentinel, view.sentinels());
			SentinelRound.Conclusion conclusion = believe(round, view);
			if (conclusion != null) {
				this.directory.answered(sentinel);
				// A promotion seen meanwhile is newer.
				this.known.compareAndSet(failover, conclusion.failover());
				return conclusion.topology();
			}
		}
		SentinelRound.Conclusion conclusion = round.conclude();
		if (this.known.compareAndSet(failover, conclusion.failover())
				&& failover.epoch() > conclusion.failover().epoch()) {
			this.log.warn(this.client.name(),
					"The Sentinels of client '{}' no longer know the last failover; they were probably reset",
					this.client.name());
		}
		return conclusion.topology();
	}

	private SentinelRound.@Nullable Conclusion believe(SentinelRound round, SentinelView view) {
		if (round.isBehind(view)) {
			return null;
		}
		SentinelRound.Conclusion successor = round.believeSuccessor(view);
		if (successor != null) {
			return successor;
		}
		// Before the primary is asked, since it may be silent.
		this.watch.watch(view);
		return round.believePrimary(view);
	}

}
