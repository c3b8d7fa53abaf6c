package io.github.hotplate.benchmark.peer;

/**
 * The clients that are compared.
 *
 * @since 0.1.0
 */
public enum Contender {

	/**
	 * Hotplate's template as the starter makes it, with all metrics in a Prometheus
	 * registry.
	 */
	HOTPLATE("Hotplate"),

	/**
	 * Jedis itself; many keys go through its cluster pipeline with a shared executor.
	 */
	JEDIS("Jedis"),

	/**
	 * Spring Data Redis on Jedis.
	 */
	STOCK("Spring on Jedis"),

	/**
	 * Spring Data Redis on Lettuce, with adaptive topology refresh.
	 */
	LETTUCE("Spring on Lettuce"),

	/**
	 * Redisson itself, reading from primaries as the others do.
	 */
	REDISSON("Redisson");

	private final String label;

	Contender(String label) {
		this.label = label;
	}

	/**
	 * Connect a client.
	 * @param access how to reach the cluster
	 * @return the client, to be closed by the caller
	 */
	public BenchmarkClient open(ClusterAccess access) {
		return switch (this) {
			case HOTPLATE -> SpringClients.hotplate(access);
			case JEDIS -> new JedisBenchmarkClient(access);
			case STOCK -> SpringClients.stock(access);
			case LETTUCE -> SpringClients.lettuce(access);
			case REDISSON -> new RedissonBenchmarkClient(access);
		};
	}

	/**
	 * Return what reports call the client.
	 */
	@Override
	public String toString() {
		return this.label;
	}

}
