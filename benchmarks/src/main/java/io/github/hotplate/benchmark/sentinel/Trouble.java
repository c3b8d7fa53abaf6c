package io.github.hotplate.benchmark.sentinel;

import io.github.hotplate.test.EmbeddedRedisSentinel;

/**
 * What happens to the primary.
 */
enum Trouble {

	KILL("kill -9 of the primary") {

		@Override
		void strike(EmbeddedRedisSentinel redis) {
			redis.primary().kill();
		}

	},

	PAUSE("SIGSTOP of the primary") {

		@Override
		void strike(EmbeddedRedisSentinel redis) {
			redis.primary().pause();
		}

	},

	FAILOVER("SENTINEL FAILOVER") {

		@Override
		void strike(EmbeddedRedisSentinel redis) {
			redis.sentinels().get(0).execute("SENTINEL", "FAILOVER", redis.masterName());
		}

	};

	private final String label;

	Trouble(String label) {
		this.label = label;
	}

	/**
	 * Make it happen, without waiting for what the Sentinels do then.
	 * @param redis the primary, its replicas and their Sentinels
	 */
	abstract void strike(EmbeddedRedisSentinel redis);

	@Override
	public String toString() {
		return this.label;
	}

}
