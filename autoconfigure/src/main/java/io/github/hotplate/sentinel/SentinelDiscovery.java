package io.github.hotplate.sentinel;

import java.util.concurrent.atomic.AtomicLong;

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
 * promotes is believed as soon as the replica says so too, and the primary does not:
 * Sentinels notice a promotion up to a second after it.
 *
 * @see <a href=
 * "https://redis.io/docs/latest/develop/reference/sentinel-clients/">Guidelines for Redis
 * clients with support for Redis Sentinel</a>
 */
final class SentinelDiscovery {

	private static final Logger logger = LoggerFactory.getLogger(SentinelDiscovery.class);

	private final ClientConfig client;

	private final SentinelDirectory directory;

	private final JedisClientConfig sentinels;

	private final JedisClientConfig roles;

	private final AtomicLong epoch = new AtomicLong();

	SentinelDiscovery(ClientConfig client, SentinelDirectory directory, JedisClientConfig sentinels,
			JedisClientConfig roles) {
		this.client = client;
		this.directory = directory;
		this.sentinels = sentinels;
		this.roles = roles;
	}

	/**
	 * Ask for the topology.
	 * @return the topology as the first Sentinel sees it that can be believed
	 * @throws SentinelDiscoveryException if there is none
	 */
	SentinelTopology read() {
		SentinelRound round = new SentinelRound(this.client, this.sentinels, new PrimaryCheck(this.roles),
				this.epoch.get());
		for (HostAndPort sentinel : this.directory.inOrder()) {
			SentinelView view = round.ask(sentinel);
			if (view == null) {
				this.directory.failed(sentinel);
				continue;
			}
			this.directory.learn(sentinel, view.sentinels());
			SentinelTopology topology = round.believe(view);
			if (topology != null) {
				this.directory.answered(sentinel);
				this.epoch.accumulateAndGet(view.epoch(), Math::max);
				return topology;
			}
		}
		SentinelRound.Conclusion conclusion = round.conclude();
		if (this.epoch.getAndSet(conclusion.epoch()) > conclusion.epoch()) {
			logger.warn("The Sentinels of client '{}' have forgotten the failovers they told of: were they reset?",
					this.client.name());
		}
		return conclusion.topology();
	}

}
