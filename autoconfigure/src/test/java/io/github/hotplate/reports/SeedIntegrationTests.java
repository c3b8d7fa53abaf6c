package io.github.hotplate.reports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.routing.Load;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Seed nodes that are gone, or cut off from their cluster.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SeedIntegrationTests {

	private static final String KEY = "key";

	private static EmbeddedRedisCluster cluster;

	@TempDir
	private Path folder;

	@AfterEach
	void heal() {
		cluster.awaitHealthy();
		cluster.flush();
	}

	@Test
	@Report("seed that is cut off")
	void seedThatIsCutOffIsNotBelieved() throws IOException {
		RedisNode former = cluster.primaryOf(KEY);
		String memory = memoryOf(former);
		cluster.failOver(cluster.replicasOf(former).get(0));
		RedisNode current = cluster.primaryOf(KEY);
		// With a short time-out, the seed notices that it is cut off.
		try (EmbeddedRedisServer seed = cutOff(memory, Duration.ofMillis(200), "fail")) {
			assertThatCurrentPrimaryIsUsed("redis://" + seed.node(), current);
		}
		try (EmbeddedRedisServer seed = cutOff(memory, Duration.ofHours(1), "ok")) {
			assertThatCurrentPrimaryIsUsed("redis://" + seed.node() + "," + current, current);
		}
	}

	private EmbeddedRedisServer cutOff(String memory, Duration nodeTimeout, String state) throws IOException {
		Path file = Files.writeString(this.folder.resolve(state), memory);
		EmbeddedRedisServer seed = EmbeddedRedisServer.builder()
			.option("cluster-enabled", "yes")
			.option("cluster-config-file", file.toString())
			.option("cluster-node-timeout", String.valueOf(nodeTimeout.toMillis()))
			.option("cluster-announce-ip", "127.0.0.1")
			.build();
		seed.start();
		Awaitility.await()
			.until(() -> String.valueOf(seed.node().execute("CLUSTER", "INFO")).contains("cluster_state:" + state));
		return seed;
	}

	private static void assertThatCurrentPrimaryIsUsed(String url, RedisNode current) {
		// In each refresh, the seed is among the first to be asked.
		try (TestClient client = TestClient.start(url, "topology_refresh_period=50ms")) {
			for (int i = 0; i < 20; i++) {
				client.redis().opsForValue().set(KEY, url + i);
				assertThat(current.execute("GET", KEY)).isEqualTo(url + i);
			}
			Awaitility.await().during(Duration.ofMillis(300)).until(() -> primaryOf(client) == current.port());
		}
	}

	// What a node knows, with ports at which it finds nobody.
	private static String memoryOf(RedisNode node) {
		return String.valueOf(node.execute("CLUSTER", "NODES"))
			.lines()
			.map((line) -> line.replaceFirst("@\\d+", "@1"))
			.collect(Collectors.joining("\n", "", "\nvars currentEpoch " + epoch(node) + " lastVoteEpoch 0\n"));
	}

	private static String epoch(RedisNode node) {
		return String.valueOf(node.execute("CLUSTER", "INFO"))
			.lines()
			.filter((line) -> line.startsWith("cluster_current_epoch:"))
			.map((line) -> line.substring(line.indexOf(':') + 1))
			.findFirst()
			.orElseThrow();
	}

	private static int primaryOf(TestClient client) {
		return Objects.requireNonNull(client.pool().topology().shardOf(CommandKeys.slot(KEY))).primary().port();
	}

	@Test
	@Report("seed that is cut off")
	void seedThatIsInAnotherClusterNowIsNotBelieved() {
		RedisNode node = cluster.primaryOf(KEY);
		try (FaultProxy seed = FaultProxy.to(node);
				EmbeddedRedisServer other = EmbeddedRedisServer.builder().option("cluster-enabled", "yes").build()) {
			other.start();
			other.node().execute("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
			other.node().execute("CLUSTER", "SET-CONFIG-EPOCH", "1000");
			try (TestClient client = TestClient.start("redis://" + seed, "topology_refresh_period=100ms")) {
				seed.retarget(other.node());
				seed.cut();
				Awaitility.await()
					.during(Duration.ofMillis(500))
					.until(() -> client.pool().topology().nodes().size() == 6);
				client.redis().opsForValue().set(KEY, "value");
				assertThat(node.execute("GET", KEY)).isEqualTo("value");
			}
		}
	}

	@Test
	@Report("seeds that are gone")
	void promotedReplicaIsFoundAtOnceAlthoughSeedsAreSilent() {
		RedisNode primary = cluster.primaryOf(KEY);
		RedisNode replica = cluster.replicasOf(primary).get(0);
		List<RedisNode> others = cluster.nodes().stream().filter((node) -> node != primary && node != replica).toList();
		try (FaultProxy first = FaultProxy.to(others.get(0));
				FaultProxy second = FaultProxy.to(others.get(1));
				FaultProxy third = FaultProxy.to(others.get(2));
				TestClient client = TestClient.start("redis://" + first + "," + second + "," + third)) {
			client.redis().opsForValue().set(KEY, "value");
			Stream.of(first, second, third).forEach(FaultProxy::freeze);
			primary.kill();
			CompletableFuture<Long> served = CompletableFuture.supplyAsync(() -> {
				client.redis().opsForValue().set(KEY, "new");
				return System.nanoTime();
			});
			Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> isPrimary(replica));
			long promoted = System.nanoTime();
			assertThat(served).succeedsWithin(Duration.ofSeconds(10));
			// The target is 200 ms, and the machine may be busy.
			assertThat(Duration.ofNanos(served.join() - promoted)).isLessThan(Duration.ofSeconds(1));
		}
	}

	private static boolean isPrimary(RedisNode node) {
		return "master".equals(((List<?>) Objects.requireNonNull(node.execute("ROLE"))).get(0));
	}

	@Test
	@Report("seeds that are gone")
	void clientStartsAtOnceAlthoughSeedsAreDead() {
		try (FaultProxy first = FaultProxy.to(cluster.nodes().get(0));
				FaultProxy second = FaultProxy.to(cluster.nodes().get(0))) {
			first.freeze();
			second.freeze();
			long start = System.nanoTime();
			try (TestClient client = TestClient
				.start("redis://127.0.0.1:1," + first + "," + second + ",127.0.0.1:2," + cluster.nodes().get(1))) {
				client.redis().opsForValue().set(KEY, "value");
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_800));
			}
		}
	}

	@Test
	@Report("seeds that are gone")
	void seedMayBeAddressOfIpv6() throws IOException {
		assumeThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
			.contains(InetAddress.getByName("::1"));
		try (EmbeddedRedisServer server = EmbeddedRedisServer.builder().option("bind", "127.0.0.1", "::1").build()) {
			server.start();
			try (TestClient client = TestClient.start("redis://[::1]:" + server.node().port(), "mode=standalone")) {
				client.redis().opsForValue().set(KEY, "value");
				assertThat(server.node().execute("GET", KEY)).isEqualTo("value");
			}
		}
	}

	@Test
	@Report("redis-doc #2420")
	void nodesThatHaveNoHostNameYetAreFoundUnderTheirAddress() {
		List<RedisNode> named = cluster.nodes().subList(0, 3);
		try {
			named.forEach((node) -> node.execute("CONFIG", "SET", "cluster-announce-hostname", "localhost"));
			cluster.nodes()
				.forEach((node) -> node.execute("CONFIG", "SET", "cluster-preferred-endpoint-type", "hostname"));
			Awaitility.await()
				.until(() -> cluster.nodes()
					.stream()
					.allMatch(
							(node) -> String.valueOf(node.execute("CLUSTER", "SLOTS")).split("localhost").length > 3));
			try (TestClient client = TestClient.start("redis://localhost:" + cluster.nodes().get(5).port())) {
				assertThat(client.pool().topology().nodes()).hasSize(6)
					.allSatisfy((node) -> assertThat(node.host()).isEqualTo(
							named.stream().anyMatch((each) -> each.port() == node.port()) ? "localhost" : "127.0.0.1"));
				try (Load load = Load.start(
						() -> Stream.of("a", "b", "c").forEach((key) -> client.redis().opsForValue().set(key, "x")))) {
					load.awaitCalls();
					assertThat(load.failures()).isEmpty();
				}
			}
		}
		finally {
			cluster.nodes().forEach((node) -> {
				node.execute("CONFIG", "SET", "cluster-preferred-endpoint-type", "ip");
				node.execute("CONFIG", "SET", "cluster-announce-hostname", "");
			});
		}
	}

}
