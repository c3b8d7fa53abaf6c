package io.github.hotplate.benchmark.failover;

import java.util.List;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

/**
 * What happens to the primaries of the cluster.
 */
enum Trouble {

	KILL_PRIMARY("kill -9 of a primary", 1) {

		@Override
		void strike(EmbeddedRedisCluster cluster, RedisNode primary, RedisNode replica) {
			primary.kill();
		}

	},

	KILL_SEED("kill -9 of the only seed", 1) {

		@Override
		void strike(EmbeddedRedisCluster cluster, RedisNode primary, RedisNode replica) {
			primary.kill();
		}

		@Override
		String seeds(EmbeddedRedisCluster cluster, List<RedisNode> victims) {
			return "redis://" + victims.get(0);
		}

	},

	KILL_TWO("kill -9 of two primaries, one after the other", 2) {

		@Override
		void strike(EmbeddedRedisCluster cluster, RedisNode primary, RedisNode replica) {
			primary.kill();
		}

	},

	FAILOVER("CLUSTER FAILOVER", 1) {

		@Override
		void strike(EmbeddedRedisCluster cluster, RedisNode primary, RedisNode replica) {
			replica.execute("CLUSTER", "FAILOVER");
		}

	},

	PAUSE("SIGSTOP of a primary", 1) {

		@Override
		void strike(EmbeddedRedisCluster cluster, RedisNode primary, RedisNode replica) {
			primary.pause();
		}

	};

	private final String label;

	private final int times;

	Trouble(String label, int times) {
		this.label = label;
		this.times = times;
	}

	/**
	 * Make it happen.
	 * @param cluster the cluster
	 * @param primary the primary that it happens to
	 * @param replica the replica to be promoted
	 */
	abstract void strike(EmbeddedRedisCluster cluster, RedisNode primary, RedisNode replica);

	/**
	 * Return the seed nodes of the clients.
	 * @param cluster the cluster
	 * @param victims the primaries that it happens to
	 * @return a URL
	 */
	String seeds(EmbeddedRedisCluster cluster, List<RedisNode> victims) {
		return cluster.url();
	}

	/**
	 * Return to how many primaries it happens.
	 * @return the number of victims
	 */
	int times() {
		return this.times;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
