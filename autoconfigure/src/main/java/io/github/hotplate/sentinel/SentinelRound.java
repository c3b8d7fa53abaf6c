package io.github.hotplate.sentinel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.config.ClientConfig;

/**
 * One round of questions to all Sentinels. Not thread-safe.
 */
final class SentinelRound {

	private final String master;

	private final JedisClientConfig config;

	private final PrimaryCheck check;

	private final SentinelProblems problems;

	private final KnownFailover known;

	private final Interruption interruption;

	private final List<SentinelView> lagging = new ArrayList<>();

	private final List<SentinelView> doubtful = new ArrayList<>();

	private final List<SentinelDiscoveryException> failures = new ArrayList<>();

	/**
	 * Begin a round.
	 * @param client the client
	 * @param config how Sentinels are connected to
	 * @param check asks primaries
	 * @param known the last failover that is known
	 * @param interruption ends the round
	 */
	SentinelRound(ClientConfig client, JedisClientConfig config, PrimaryCheck check, KnownFailover known,
			Interruption interruption) {
		this.master = Objects.requireNonNull(client.url().sentinelMaster(), "'sentinelMaster' must not be null");
		this.config = config;
		this.check = check;
		this.problems = new SentinelProblems(client);
		this.known = known;
		this.interruption = interruption;
	}

	/**
	 * Ask a Sentinel.
	 * @param sentinel the Sentinel
	 * @return what it knows, or {@code null} if it gave no usable answer
	 */
	@Nullable SentinelView ask(HostAndPort sentinel) {
		try (SentinelConnection connection = this.interruption.guard(new SentinelConnection(sentinel, this.config))) {
			connection.initializeFromClientConfig();
			SentinelView view = connection.view(this.master);
			if (view == null) {
				this.failures.add(this.problems.unknownMaster(this.master, connection.masters()));
			}
			return view;
		}
		catch (JedisException ex) {
			this.failures.add(this.problems.unusable(sentinel, ex));
			return null;
		}
	}

	/**
	 * Tell whether a Sentinel lags behind. Such a Sentinel is believed only if all lag.
	 * @param view what it says
	 * @return whether it does not know of the last failover
	 */
	boolean isBehind(SentinelView view) {
		if (view.epoch() < this.known.epoch()) {
			this.lagging.add(view);
			return true;
		}
		return false;
	}

	/**
	 * Look for a promoted replica that the Sentinel does not report as the primary yet.
	 * Call this before {@link #believePrimary}: the old primary may be silent, and if it
	 * is healthy it claims to be the primary for as long as Sentinels believe it.
	 * @param view what the Sentinel says
	 * @return the topology, or {@code null} if there is no such replica
	 */
	@Nullable Conclusion believeSuccessor(SentinelView view) {
		HostAndPort promoted = view.promoted();
		if (promoted != null && this.check.isPromoted(promoted)) {
			return new Conclusion(view.topology(promoted),
					view.isPromoting() ? KnownFailover.underWay(view) : KnownFailover.toldBy(view));
		}
		SentinelView promotion = this.known.promotionUnknownTo(view);
		if (promotion != null && this.check.isPromoted(promotion.successor())) {
			return new Conclusion(view.topology(promotion.successor()), this.known);
		}
		return null;
	}

	/**
	 * Check the primary that the Sentinel names.
	 * @param view what the Sentinel says
	 * @return the topology, or {@code null} if it cannot be believed
	 */
	@Nullable Conclusion believePrimary(SentinelView view) {
		// Asking a primary that is down may cost a time-out.
		if (!view.down() && this.check.isPrimary(view.primary())) {
			return new Conclusion(view);
		}
		if (!view.agreedDown()) {
			this.doubtful.add(view);
		}
		this.failures.add(this.problems.noPrimary(view, this.check));
		return null;
	}

	/**
	 * Decide after all Sentinels have been asked.
	 * @return the topology
	 * @throws SentinelDiscoveryException if no Sentinel can be believed
	 */
	Conclusion conclude() {
		for (SentinelView view : this.doubtful) {
			if (this.check.isPrimary(view.primary())) {
				return new Conclusion(view);
			}
		}
		// An epoch that no Sentinel remembers predates a SENTINEL RESET. If a Sentinel is
		// missing, it may be the one that remembers.
		if (this.failures.isEmpty()) {
			for (SentinelView view : this.lagging) {
				if (this.check.isPrimary(view.primary())) {
					return new Conclusion(view);
				}
			}
		}
		this.lagging.forEach((view) -> this.failures.add(this.problems.noPrimary(view, this.check)));
		SentinelDiscoveryException failure = this.failures.stream()
			.min(Comparator.comparing(SentinelDiscoveryException::getReason))
			.orElseThrow();
		this.failures.stream().filter((other) -> other != failure).forEach(failure::addSuppressed);
		throw failure;
	}

	/**
	 * The result of a round.
	 *
	 * @param topology the topology
	 * @param failover the failover that led to it
	 */
	record Conclusion(SentinelTopology topology, KnownFailover failover) {

		private Conclusion(SentinelView view) {
			this(view.topology(view.primary()), KnownFailover.toldBy(view));
		}

	}

}
