package io.github.hotplate.benchmark.sharding;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.hotplate.benchmark.load.CommandCalls;
import io.github.hotplate.benchmark.load.LoadTask;
import io.github.hotplate.benchmark.load.Pace;
import io.github.hotplate.benchmark.load.RunningLoad;
import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.HotplateClient;
import io.github.hotplate.benchmark.sharding.Outcome.Outage;
import io.github.hotplate.penalty.ShardPlacement;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.RedisNode;

/**
 * One workload, with servers of its own. The last server is the one that dies.
 */
final class ShardedRun {

	private static final int SERVERS = 3;

	private static final int VICTIM = SERVERS - 1;

	private static final int KEYS_PER_THREAD = 50;

	private final Workload workload;

	private final int rate;

	private final ShardedFailoverBenchmark.Options options;

	ShardedRun(Workload workload, int rate, ShardedFailoverBenchmark.Options options) {
		this.workload = workload;
		this.rate = rate;
		this.options = options;
	}

	Outcome run() throws InterruptedException {
		try (EmbeddedRedisShards servers = EmbeddedRedisShards.builder().servers(SERVERS).start();
				HotplateClient client = HotplateClient.open(
						new ClusterAccess(servers.url(), this.options.maxConnections()).withHotplate("mode", "sharded")
							.withHotplate("penalty_box.min_wait", this.options.minWait().toString()))) {
			return run(servers, client);
		}
	}

	private Outcome run(EmbeddedRedisShards servers, HotplateClient client) throws InterruptedException {
		AtomicReference<Duration> penalty = new AtomicReference<>(Duration.ZERO);
		client.pool().onPenalty((event) -> penalty.set(event.penalty()));
		List<LoadTask> threads = threads(client.asBenchmarkClient());
		try (RunningLoad load = new RunningLoad(threads)) {
			Thread.sleep(this.options.before().toMillis());
			RedisNode victim = servers.nodes().get(VICTIM);
			long struck = System.nanoTime();
			victim.kill();
			Thread.sleep(this.options.down().toMillis());
			Duration known = penalty.get();
			long restarted = System.nanoTime();
			victim.restart();
			Outage outage = new Outage(struck, restarted, CommandCalls.awaitMore(victim, 0), known);
			Thread.sleep(this.options.after().toMillis());
			int hanging = load.stop();
			return new Outcome(outage, of(threads, true), of(threads, false), hanging);
		}
	}

	private List<LoadTask> threads(BenchmarkClient client) {
		return IntStream.range(0, this.options.threads())
			.mapToObj((thread) -> this.workload.task(client, keysOf(thread % SERVERS, "thread:" + thread + ":"),
					Pace.of(this.rate)))
			.toList();
	}

	/**
	 * Make keys that one server has while all are in use.
	 * @param server the position of the server
	 * @param prefix how the keys begin
	 * @return the keys
	 */
	private static List<String> keysOf(int server, String prefix) {
		ShardPlacement placement = new ShardPlacement(SERVERS);
		return Stream.iterate(0, (number) -> number + 1)
			.map((number) -> prefix + number)
			.filter((key) -> placement.slot(key.getBytes(StandardCharsets.UTF_8)) % SERVERS == server)
			.limit(KEYS_PER_THREAD)
			.toList();
	}

	private static List<LoadTask> of(List<LoadTask> threads, boolean victims) {
		return IntStream.range(0, threads.size())
			.filter((thread) -> (thread % SERVERS == VICTIM) == victims)
			.mapToObj(threads::get)
			.toList();
	}

}
