package io.github.hotplate.benchmark.sentinel;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.hotplate.benchmark.load.CounterThread;
import io.github.hotplate.benchmark.load.LoadThread;
import io.github.hotplate.benchmark.load.RunningLoad;
import io.github.hotplate.benchmark.load.SlotOwners;
import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.HotplateClient;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.RedisNode;

/**
 * One kind of trouble, with servers of its own.
 */
final class SentinelRun {

	private static final int KEYS_PER_THREAD = 50;

	private final Trouble trouble;

	private final SentinelFailoverBenchmark.Options options;

	SentinelRun(Trouble trouble, SentinelFailoverBenchmark.Options options) {
		this.trouble = trouble;
		this.options = options;
	}

	Outcome run() throws InterruptedException {
		try (EmbeddedRedisSentinel redis = EmbeddedRedisSentinel.builder().downAfter(this.options.downAfter()).start();
				BenchmarkClient client = HotplateClient
					.open(new ClusterAccess(redis.url(), this.options.maxConnections()))
					.asBenchmarkClient()) {
			return run(redis, client);
		}
	}

	private Outcome run(EmbeddedRedisSentinel redis, BenchmarkClient client) throws InterruptedException {
		List<LoadThread> threads = IntStream.range(0, this.options.threads())
			.mapToObj((thread) -> new LoadThread(client, SlotOwners.keys("thread:" + thread + ":", KEYS_PER_THREAD)))
			.toList();
		List<CounterThread> counters = IntStream.range(0, this.options.counters())
			.mapToObj((thread) -> new CounterThread(client, "counter:" + thread))
			.toList();
		try (RunningLoad load = new RunningLoad(Stream.concat(threads.stream(), counters.stream()).toList())) {
			Thread.sleep(this.options.before().toMillis());
			List<RedisNode> replicas = redis.replicas();
			long struck = System.nanoTime();
			this.trouble.strike(redis);
			Succession succession = Succession.await(struck, replicas);
			Thread.sleep(this.options.after().toMillis());
			// The old primary returns and takes itself for one until a Sentinel corrects
			// it.
			redis.awaitHealthy();
			int hanging = load.stop();
			counters.forEach((counter) -> counter.verify(value(succession.successor(), counter.key())));
			return new Outcome(succession, threads, counters, hanging);
		}
	}

	private static long value(RedisNode primary, String counter) {
		return Long.parseLong(String.valueOf(primary.execute("GET", counter)));
	}

}
