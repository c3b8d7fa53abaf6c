package io.github.hotplate.topology;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.Internals;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners hear of the topology of a pool that has not reached its Redis yet.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class TopologyListenerIntegrationTests {

	private static EmbeddedRedisServer server;

	private final ClusterPool pool = Internals.unconnected(
			new MockEnvironment().withProperty("foo.url", server.url()).withProperty("foo.mode", "standalone"));

	private final Thread refreshing = new Thread(() -> Internals.refresh(this.pool), "refreshing");

	private final List<Integer> nodes = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void listenerIsToldNowAndWhenNodesChange() {
		this.pool.onTopologyChange((topology) -> this.nodes.add(topology.nodes().size()));
		Internals.refresh(this.pool);
		Internals.refresh(this.pool);
		assertThat(this.nodes).containsExactly(0, 1);
	}

	@Test
	void listenerIsToldOfTheNewestTopologyLast() throws InterruptedException {
		this.pool.onTopologyChange((topology) -> {
			if (Thread.currentThread() != this.refreshing) {
				letTopologyBeLearnt();
			}
			this.nodes.add(topology.nodes().size());
		});
		this.refreshing.join();
		assertThat(this.nodes).endsWith(1);
	}

	private void letTopologyBeLearnt() {
		this.refreshing.start();
		Awaitility.await()
			.until(() -> Set.of(Thread.State.BLOCKED, Thread.State.TERMINATED).contains(this.refreshing.getState()));
	}

}
