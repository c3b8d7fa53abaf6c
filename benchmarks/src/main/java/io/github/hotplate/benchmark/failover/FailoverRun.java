package io.github.hotplate.benchmark.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.hotplate.benchmark.load.LoadThread;
import io.github.hotplate.benchmark.load.RunningLoad;
import io.github.hotplate.benchmark.load.SlotOwners;
import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.Contender;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

/**
 * One client in one kind of trouble, on a cluster of its own.
 */
final class FailoverRun {

	private static final int KEYS_PER_THREAD = 50;

	private final Contender contender;

	private final Trouble trouble;

	private final FailoverBenchmark.Options options;

	FailoverRun(Contender contender, Trouble trouble, FailoverBenchmark.Options options) {
		this.contender = contender;
		this.trouble = trouble;
		this.options = options;
	}

	Outcome run() throws InterruptedException {
		try (EmbeddedRedisCluster cluster = start()) {
			SlotOwners owners = SlotOwners.of(cluster);
			List<RedisNode> victims = owners.primaries().subList(0, this.trouble.times());
			String seeds = this.trouble.seeds(cluster, victims);
			try (BenchmarkClient client = this.contender
				.open(new ClusterAccess(seeds, this.options.connectionsPerNode()))) {
				return run(cluster, owners, victims, client);
			}
		}
	}

	private EmbeddedRedisCluster start() {
		return EmbeddedRedisCluster.builder()
			.nodeTimeout(this.options.nodeTimeout())
			.option("cluster-require-full-coverage", this.options.fullCoverage() ? "yes" : "no")
			.start();
	}

	private Outcome run(EmbeddedRedisCluster cluster, SlotOwners owners, List<RedisNode> victims,
			BenchmarkClient client) throws InterruptedException {
		Map<RedisNode, List<LoadThread>> threads = threads(owners, client);
		List<RedisNode> survivors = owners.primaries().stream().filter((node) -> !victims.contains(node)).toList();
		List<Outage> outages = new ArrayList<>();
		try (RunningLoad load = new RunningLoad(threads.values().stream().flatMap(List::stream).toList());
				DownTimeWatch downTime = new DownTimeWatch(survivors)) {
			sleep(this.options.before());
			for (RedisNode victim : victims) {
				outages.add(strike(cluster, victim, threads.getOrDefault(victim, List.of())));
				sleep(this.options.after());
			}
			int hanging = load.stop();
			List<LoadThread> others = survivors.stream()
				.flatMap((survivor) -> threads.getOrDefault(survivor, List.of()).stream())
				.toList();
			return new Outcome(outages, others, hanging, downTime);
		}
	}

	private Map<RedisNode, List<LoadThread>> threads(SlotOwners owners, BenchmarkClient client) {
		List<RedisNode> primaries = owners.primaries();
		return IntStream.range(0, this.options.threads())
			.boxed()
			.collect(
					Collectors
						.groupingBy((thread) -> primaries.get(thread % primaries.size()),
								Collectors.mapping(
										(thread) -> new LoadThread(client,
												owners.keysOf(primaries.get(thread % primaries.size()),
														"thread:" + thread + ":", KEYS_PER_THREAD)),
										Collectors.toList())));
	}

	private Outage strike(EmbeddedRedisCluster cluster, RedisNode victim, List<LoadThread> threads)
			throws InterruptedException {
		RedisNode replica = cluster.replicasOf(victim).get(0);
		try (PromotionWatch promotion = new PromotionWatch(replica)) {
			long struck = System.nanoTime();
			this.trouble.strike(cluster, victim, replica);
			return new Outage(struck, promotion.await(), threads);
		}
	}

	private static void sleep(Duration duration) throws InterruptedException {
		Thread.sleep(duration.toMillis());
	}

}
