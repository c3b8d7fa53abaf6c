package io.github.hotplate.penalty;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProbeScheduler}, alone and in a {@link PenaltyBox}.
 */
class ProbeSchedulerTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final List<HostAndPort> NODES = List.of(new HostAndPort("a", 1), new HostAndPort("b", 2));

	private static final PenaltyBoxOptions SHORT = new PenaltyBoxOptions(Duration.ofMillis(1), Duration.ofMillis(2), 1,
			1, 1);

	@Test
	void probesAndListenersRunOnDaemonThreadOfTheBox() {
		CompletableFuture<Thread> prober = new CompletableFuture<>();
		CompletableFuture<Thread> listener = new CompletableFuture<>();
		try (PenaltyBox box = new PenaltyBox("probing", NODES, SHORT, (node) -> {
			prober.complete(Thread.currentThread());
			return ProbeOutcome.ALIVE;
		}, (event) -> listener.complete(Thread.currentThread()), new MonitoringFailures())) {
			assertThat(threads("hotplate-probing-penalty-box")).isEmpty();
			box.failed(1);
			assertThat(prober).succeedsWithin(LONG)
				.satisfies((thread) -> assertThat(thread.getName()).isEqualTo("hotplate-probing-penalty-box"))
				.satisfies((thread) -> assertThat(thread.isDaemon()).isTrue());
			assertThat(listener).succeedsWithin(LONG).isSameAs(prober.join());
			Awaitility.await().until(() -> box.active().activeCount() == 2);
		}
		Awaitility.await().until(() -> threads("hotplate-probing-penalty-box").isEmpty());
	}

	@Test
	void slowProbeDelaysNoCaller() {
		CountDownLatch probing = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		try (PenaltyBox box = new PenaltyBox("slow", NODES, SHORT, (node) -> {
			probing.countDown();
			Awaitility.await().atMost(LONG).until(() -> release.getCount() == 0);
			return ProbeOutcome.ALIVE;
		}, (event) -> {
		}, new MonitoringFailures())) {
			box.failed(0);
			Awaitility.await().until(() -> probing.getCount() == 0);
			assertThat(box.active().select(0)).isOne();
			assertThat(box.penalties()).extracting(Penalty::remaining).containsExactly(Duration.ZERO);
			box.failed(1);
			assertThat(box.active().activeCount()).isZero();
			release.countDown();
			Awaitility.await().until(() -> box.active().activeCount() == 2);
		}
	}

	@Test
	void nodeReturnsAfterErrorInProbe() {
		CompletableFuture<HostAndPort> first = new CompletableFuture<>();
		try (PenaltyBox box = new PenaltyBox("error", NODES, SHORT, (node) -> {
			if (first.complete(node)) {
				throw new AssertionError("staged");
			}
			return ProbeOutcome.ALIVE;
		}, (event) -> {
		}, new MonitoringFailures())) {
			box.failed(1);
			assertThat(first).succeedsWithin(LONG).isEqualTo(NODES.get(1));
			Awaitility.await().until(() -> box.active().activeCount() == 2);
		}
	}

	@Test
	void nothingRunsAfterClose() {
		ProbeScheduler thread = ProbeScheduler.onThreadOf("closed");
		thread.close();
		thread.schedule(() -> {
		}, Duration.ZERO);
		assertThat(threads("hotplate-closed-penalty-box")).isEmpty();
	}

	private static List<Thread> threads(String name) {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().equals(name)).toList();
	}

}
