package io.github.hotplate.sentinel;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig;

/**
 * Asks one Sentinel after the other until one names a primary that is one. Thread-safe.
 * <p>
 * Two things keep it from believing a Sentinel that lags behind. Each failover has a
 * number, and whoever knows of an earlier one only is not believed: in an orderly
 * failover the demoted primary takes writes for a while yet and says that it is the
 * primary. And the node is asked for its role. What a Sentinel says of a replica that it
 * promotes is believed as soon as the replica says so too: Sentinels notice a promotion
 * up to a second after it. From then on other Sentinels are not believed that do not know
 * of it yet, unless the replica takes it back, or the Sentinel that had promoted it.
 *
 * @see <a href=
 * "https://redis.io/docs/latest/develop/reference/sentinel-clients/">Guidelines for Redis
 * clients with support for Redis Sentinel</a>
 */
final class SentinelDiscovery {

	private static final Logger logger = LoggerFactory.getLogger(SentinelDiscovery.class);

	/**
	 * Events come in groups. However many there are, they do not keep a primary from
	 * being found that takes its time to answer.
	 */
	private static final int MAX_INTERRUPTIONS = 5;

	private final ClientConfig client;

	private final SentinelDirectory directory;

	private final JedisClientConfig sentinels;

	private final JedisClientConfig roles;

	private final PromotionWatch watch;

	private final AtomicReference<KnownFailover> known = new AtomicReference<>(KnownFailover.NONE);

	private volatile Interruption running = new Interruption();

	/**
	 * Create a discovery.
	 * @param client the client
	 * @param directory the Sentinels
	 * @param sentinels how Sentinels are connected to
	 * @param roles how data nodes are asked for their role
	 * @param watch is told what each Sentinel says
	 */
	SentinelDiscovery(ClientConfig client, SentinelDirectory directory, JedisClientConfig sentinels,
			JedisClientConfig roles, PromotionWatch watch) {
		this.client = client;
		this.directory = directory;
		this.sentinels = sentinels;
		this.roles = roles;
		this.watch = watch;
	}

	/**
	 * Ask for the topology.
	 * @return the topology as the first Sentinel sees it that can be believed
	 * @throws SentinelDiscoveryException if there is none
	 */
	SentinelTopology read() {
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
	 * Ask anew if anybody is being asked at the moment. Whoever has news that make the
	 * answers worthless does so, since a server that is silent would be waited for.
	 */
	void interrupt() {
		this.running.interrupt();
	}

	/**
	 * Note that a replica has been promoted, whichever Sentinel is asked next.
	 * @param view what the Sentinel said that promotes it
	 */
	void promoted(SentinelView view) {
		this.known
			.updateAndGet((failover) -> (failover.epoch() == view.epoch()) ? KnownFailover.underWay(view) : failover);
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
				// Who has seen a promotion meanwhile knows more.
				this.known.compareAndSet(failover, conclusion.failover());
				return conclusion.topology();
			}
		}
		SentinelRound.Conclusion conclusion = round.conclude();
		if (this.known.compareAndSet(failover, conclusion.failover())
				&& failover.epoch() > conclusion.failover().epoch()) {
			logger.warn("The Sentinels of client '{}' have forgotten the failovers they told of: were they reset?",
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
		// Now, since the primary may be silent.
		this.watch.observe(view);
		return round.believePrimary(view);
	}

}
