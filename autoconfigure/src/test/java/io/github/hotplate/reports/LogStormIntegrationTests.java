package io.github.hotplate.reports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.Jedis;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client writes to the log while servers fail and return all the time.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
class LogStormIntegrationTests {

	private static final Duration STORM = Duration.ofSeconds(1);

	private static EmbeddedRedisServer server;

	private static EmbeddedRedisShards shards;

	@Test
	@Report("log lines by the dozen")
	void fullServerIsReportedOnce(CapturedOutput output) {
		int maxClients = 12;
		List<Jedis> intruders = new ArrayList<>();
		try (EmbeddedRedisServer small = EmbeddedRedisServer.builder()
			.option("maxclients", String.valueOf(maxClients))
			.start();
				TestClient client = TestClient.start(small.url() + "/1", "mode=standalone", "retry.max_retries=3",
						"retry.backoff=20 milliseconds")) {
			// Leaves room for some callers.
			for (int i = 0; i < maxClients - 3; i++) {
				Jedis intruder = new Jedis(small.node().host(), small.node().port());
				intruder.connect();
				intruders.add(intruder);
			}
			storm(client, () -> {
			});
			intruders.forEach(Jedis::close);
		}
		assertThatLinesAreFew(output);
	}

	@Test
	@Report("log lines by the dozen")
	void serverThatComesAndGoesIsReportedOnce(CapturedOutput output) {
		try (FaultProxy proxy = FaultProxy.to(server.node());
				TestClient client = TestClient.start("redis://" + proxy.host() + ":" + proxy.port(), "mode=standalone",
						"retry.max_retries=3", "retry.backoff=20 milliseconds")) {
			storm(client, () -> toggle(proxy));
		}
		assertThatLinesAreFew(output);
		assertThat(output).contains("Retrying in 0.02 seconds (client 'foo')");
	}

	@Test
	@Report("log lines by the dozen")
	void shardThatComesAndGoesIsReportedOnce(CapturedOutput output) {
		try (FaultProxy proxy = FaultProxy.to(shards.nodes().get(0));
				TestClient client = TestClient.start(
						"redis://" + proxy.host() + ":" + proxy.port() + "," + shards.nodes().get(1), "mode=sharded",
						"penalty_box.min_wait=20 milliseconds", "penalty_box.max_wait=20 milliseconds")) {
			storm(client, () -> toggle(proxy));
		}
		assertThatLinesAreFew(output);
		assertThat(output).containsOnlyOnce("ejects").contains(" again; ");
	}

	private static void toggle(FaultProxy proxy) {
		proxy.refuse();
		proxy.cut();
		Awaitility.await().pollDelay(Duration.ofMillis(40)).until(() -> true);
		proxy.accept();
	}

	private static void storm(TestClient client, Runnable trouble) {
		AtomicBoolean over = new AtomicBoolean();
		List<CompletableFuture<Void>> callers = IntStream.range(0, 8).mapToObj((i) -> CompletableFuture.runAsync(() -> {
			while (!over.get()) {
				call(client, "key" + i);
			}
		}, (task) -> new Thread(task).start())).toList();
		Instant end = Instant.now().plus(STORM);
		Awaitility.await().pollInterval(Duration.ofMillis(60)).until(() -> {
			trouble.run();
			return Instant.now().isAfter(end);
		});
		over.set(true);
		assertThat(callers).allSatisfy((caller) -> assertThat(caller).succeedsWithin(Duration.ofSeconds(60)));
	}

	private static void call(TestClient client, String key) {
		try {
			client.redis().opsForValue().get(key);
		}
		catch (DataAccessException ex) {
			assertThat(ex).isNotNull();
		}
	}

	// Numbers differ from line to line.
	private static void assertThatLinesAreFew(CapturedOutput output) {
		Map<String, Long> lines = output.toString()
			.lines()
			.filter((line) -> line.contains("lient '"))
			.map((line) -> line.substring(line.indexOf(" : ")).replaceAll("[0-9.]+ (m?s|seconds|of)", "n $1"))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(lines).allSatisfy((line, count) -> assertThat(count).as(line).isLessThanOrEqualTo(3));
	}

}
