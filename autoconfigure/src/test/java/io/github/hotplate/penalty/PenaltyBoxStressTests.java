package io.github.hotplate.penalty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads see nodes of one {@link PenaltyBox} fail and answer, while nodes return.
 */
class PenaltyBoxStressTests {

	private static final long SEED = 4711;

	private static final int THREADS = 8;

	private static final int CALLS = 20_000;

	private static final int MAX_OUT = 2;

	private static final Duration LONG = Duration.ofHours(1);

	private final List<HostAndPort> nodes = IntStream.range(0, 5)
		.mapToObj((node) -> new HostAndPort("host", node))
		.toList();

	private final VirtualTime time = new VirtualTime();

	private final List<PenaltyEvent> events = new ArrayList<>();

	private final Random probes = new Random(SEED);

	private boolean healthy;

	@Test
	@Timeout(60)
	void noTransitionIsLostAndShareIsKept() {
		PenaltyBoxOptions options = new PenaltyBoxOptions(Duration.ofMillis(10), Duration.ofSeconds(1), 1.5, 2, 0.4);
		PenaltyBox box = new PenaltyBox("foo", this.nodes, options, this::probe, this.events::add,
				new MonitoringFailures(), this.time, this.time, this.probes::nextDouble);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			CompletableFuture<?> callers = CompletableFuture.allOf(IntStream.range(0, THREADS)
				.mapToObj((thread) -> CompletableFuture.runAsync(() -> call(box, new Random(SEED + thread)), threads))
				.toArray(CompletableFuture[]::new));
			while (!callers.isDone()) {
				this.time.pass(Duration.ofMillis(1));
			}
			callers.join();
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(replay()).isEqualTo(out(box));
		this.healthy = true;
		this.time.pass(LONG);
		assertThat(box.active().activeCount()).isEqualTo(this.nodes.size());
		assertThat(replay()).isEmpty();
		assertThat(this.events).extracting(PenaltyEvent::transition).contains(PenaltyTransition.values());
	}

	private void call(PenaltyBox box, Random random) {
		for (int i = 0; i < CALLS; i++) {
			ActiveShards active = box.active();
			assertThat(active.activeCount()).isGreaterThanOrEqualTo(this.nodes.size() - MAX_OUT);
			int node = active.select(random.nextInt());
			assertThat(active.isActive(node)).isTrue();
			if (random.nextInt(3) == 0) {
				box.succeeded(node);
			}
			else {
				box.failed(node);
			}
		}
	}

	private ProbeOutcome probe(HostAndPort node) {
		if (this.healthy) {
			return ProbeOutcome.ALIVE;
		}
		if (this.probes.nextInt(10) == 0) {
			throw new IllegalStateException("staged");
		}
		return ProbeOutcome.values()[this.probes.nextInt(ProbeOutcome.values().length)];
	}

	private Set<HostAndPort> replay() {
		// What was announced last is told first.
		this.time.pass(Duration.ZERO);
		Set<HostAndPort> out = new HashSet<>();
		for (PenaltyEvent event : this.events) {
			switch (event.transition()) {
				case PENALIZED -> assertThat(out.add(event.node())).isTrue();
				case STILL_DOWN -> assertThat(out).contains(event.node());
				case RETURNED -> assertThat(out.remove(event.node())).isTrue();
				case SPARED -> assertThat(out).hasSize(MAX_OUT).doesNotContain(event.node());
			}
			assertThat(out).hasSizeLessThanOrEqualTo(MAX_OUT).hasSize(this.nodes.size() - event.activeNodes());
		}
		return out;
	}

	private Set<HostAndPort> out(PenaltyBox box) {
		Set<HostAndPort> out = new HashSet<>();
		box.penalties().forEach((penalty) -> out.add(penalty.node()));
		return out;
	}

}
