package io.github.hotplate.connection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.Subscription;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every call is measured exactly once, whichever way it takes. Redis itself is the
 * witness: over a long mixed run, the samples agree with the commands that the primaries
 * have counted.
 */
class CommandCountIntegrationTests {

	private static final int THREADS = 4;

	private static final int ROUNDS = 20;

	private static final long SEED = 20_260_101;

	private static final Pattern COUNT = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

	/**
	 * What the client sends for itself, and this test when it looks.
	 */
	private static final List<String> HOUSEKEEPING = List.of("cluster", "hello", "client", "readonly", "asking", "ping",
			"command", "config");

	private static EmbeddedRedisCluster cluster;

	private static Client client;

	@BeforeAll
	static void start() {
		cluster = EmbeddedRedisCluster.builder().replicasPerPrimary(0).start();
		client = new Client(cluster.url(), Map.of());
	}

	@AfterAll
	static void stop() {
		client.close();
		cluster.close();
	}

	@Test
	void samplesAgreeWithCommandsThatRedisHasCounted() {
		CallLedger ledger = new CallLedger();
		cluster.nodes().forEach((node) -> node.execute("CONFIG", "RESETSTAT"));
		ledger.composite("script load", Map.of("script load", 3));
		load(SingleCalls.ECHO.getScriptAsString());
		subscribe(ledger);
		// The first round of the first thread asks where raw commands have their keys.
		calls(ledger, 0).forEach(Runnable::run);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<CompletableFuture<Void>> runs = IntStream.range(0, THREADS)
				.mapToObj((thread) -> CompletableFuture.runAsync(() -> run(ledger, thread), threads))
				.toList();
			runs.forEach(CompletableFuture::join);
		}
		finally {
			threads.shutdownNow();
		}
		Map<String, Long> counted = counted();
		Map<String, Long> samples = client.measured();
		assertThat(counted.remove("command info")).isEqualTo(SingleCalls.RAW_NAMES);
		counted.keySet().removeIf((command) -> HOUSEKEEPING.contains(command.split(" ")[0]));
		Map<String, Long> expected = ledger.wire(samples);
		// After the last page of each node, a call asks which slots are done.
		expected.merge("scan", samples.get("scan") / 2, (calls, ends) -> calls - ends);
		// Closing the connection ends the last subscription.
		expected.remove("unsubscribe");
		assertThat(counted).isEqualTo(expected);
		// How many commands a walk through the cluster takes is up to Redis.
		long calls = samples.values().stream().mapToLong(Long::longValue).sum() - samples.get("scan");
		assertThat(calls).isEqualTo(ledger.calls()).isGreaterThan(10_000);
		assertThat(samples).containsAllEntriesOf(only(ledger.composites(), "pipeline", "multi", "rename", "sinterstore",
				"sunion", "lastsave", "script exists"));
	}

	private static Map<String, Long> only(Map<String, Long> counts, String... commands) {
		Map<String, Long> some = new TreeMap<>(counts);
		some.keySet().retainAll(List.of(commands));
		return some;
	}

	private static void run(CallLedger ledger, int thread) {
		Random random = new Random(SEED + thread);
		List<Runnable> calls = calls(ledger, thread);
		for (int round = 0; round < ROUNDS; round++) {
			Collections.shuffle(calls, random);
			calls.forEach(Runnable::run);
		}
	}

	private static List<Runnable> calls(CallLedger ledger, int thread) {
		RedisNode node = cluster.nodes().get(thread % cluster.nodes().size());
		String name = "thread" + thread;
		List<Runnable> calls = new ArrayList<>(
				new SingleCalls(client.template(), ledger, name, new RedisClusterNode(node.host(), node.port())).all());
		calls.addAll(new CompositeCalls(client.template(), ledger, name).all());
		return calls;
	}

	private static void load(String script) {
		try (RedisConnection connection = client.connectionFactory().getConnection()) {
			connection.scriptingCommands().scriptLoad(bytes(script));
		}
	}

	private static void subscribe(CallLedger ledger) {
		IntStream.range(0, 5).forEach((call) -> ledger.single());
		try (RedisConnection connection = client.connectionFactory().getConnection()) {
			CompletableFuture<Void> done = CompletableFuture.runAsync(() -> connection.subscribe((message, pattern) -> {
			}, bytes("channel:1")));
			Awaitility.await().until(() -> counted().containsKey("subscribe"));
			Subscription subscription = connection.getSubscription();
			subscription.subscribe(bytes("channel:2"));
			subscription.pSubscribe(bytes("channel:*"));
			subscription.pUnsubscribe();
			subscription.unsubscribe();
			done.join();
		}
	}

	private static Map<String, Long> counted() {
		Map<String, Long> counts = new TreeMap<>();
		cluster.nodes()
			.stream()
			.map((node) -> String.valueOf(node.execute("INFO", "commandstats")))
			.flatMap((stats) -> COUNT.matcher(stats).results())
			.forEach((MatchResult count) -> counts.merge(count.group(1).replace('|', ' '),
					Long.parseLong(count.group(2)), Long::sum));
		counts.remove("info");
		return counts;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
