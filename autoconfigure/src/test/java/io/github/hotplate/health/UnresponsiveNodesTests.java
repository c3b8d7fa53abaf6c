package io.github.hotplate.health;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.ProbeResult;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UnresponsiveNodes}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnresponsiveNodesTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final RuntimeException TIMEOUT = new JedisConnectionException(new SocketTimeoutException("Read"));

	private final SilentServer silent = SilentServer.start();

	private final HostAndPort node = this.silent.address();

	private final AtomicBoolean needed = new AtomicBoolean(true);

	private final ClientConfig config = new ClientConfigReader(
			new MockEnvironment().withProperty("foo.url", "redis://" + this.node))
		.read("foo.");

	private final ConnectionPools pools = new ConnectionPools("foo", this.config.poolLimits(), Duration.ofSeconds(1),
			DefaultJedisClientConfig.builder().clientSetInfoConfig(ClientSetInfoConfig.DISABLED).build(), false,
			new MonitoringFailures());

	private final BackgroundThread thread = new BackgroundThread("foo", "health");

	private final UnresponsiveNodes unresponsive = new UnresponsiveNodes("foo", this.pools, (node) -> this.needed.get(),
			this.thread, System::nanoTime);

	@AfterEach
	void close() {
		this.thread.close();
		this.pools.close();
		this.silent.close();
	}

	@Test
	void silentNodeStaysOut() {
		this.unresponsive.failed(this.node, TIMEOUT);
		this.unresponsive.awaitVerdict(this.node);
		assertThat(this.unresponsive.contains(this.node)).isTrue();
		assertThat(this.unresponsive.refusal(this.node)).hasMessageContainingAll("'foo'", this.node.toString(),
				"probed");
		// Longer than a probe waits.
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.unresponsive.ejections()).hasEntrySatisfying(this.node, (outage) -> {
				assertThat(outage.lasting()).isBetween(Duration.ofMillis(500), LONG);
				assertThat(outage.untilProbe()).isBetween(Duration.ofNanos(1), Duration.ofMillis(50));
			}));
		this.unresponsive.failed(this.node, TIMEOUT);
		assertThat(this.unresponsive.ejections().get(this.node).lasting()).isGreaterThan(Duration.ofMillis(500));
	}

	@Test
	void nodeThatAnswersIsUsedAgain() throws IOException {
		try (LoadingServer alive = LoadingServer.start()) {
			this.unresponsive.failed(alive.address(), TIMEOUT);
			this.unresponsive.awaitVerdict(alive.address());
			assertThat(this.unresponsive.ejections()).isEmpty();
			this.unresponsive.failed(alive.address(), new NodeUnreachableException("expected", null));
			Awaitility.await().atMost(LONG).until(() -> !this.unresponsive.contains(alive.address()));
		}
	}

	@Test
	void nodeIsProbedAgainWhateverProbeThrows() {
		NodePool pool = mock();
		given(pool.probe()).willThrow(new NoClassDefFoundError("expected")).willReturn(ProbeResult.ANSWERED);
		ConnectionPools failing = mock();
		given(failing.get(this.node)).willReturn(pool);
		UnresponsiveNodes probed = new UnresponsiveNodes("foo", failing, (node) -> true, this.thread, System::nanoTime);
		probed.failed(this.node, new NodeUnreachableException("expected", null));
		Awaitility.await().atMost(LONG).until(() -> !probed.contains(this.node));
	}

	@Test
	void nodeThatIsNoLongerNeededIsForgotten() {
		this.unresponsive.failed(this.node, TIMEOUT);
		this.unresponsive.awaitVerdict(this.node);
		this.needed.set(false);
		Awaitility.await().atMost(LONG).until(() -> this.unresponsive.ejections().isEmpty());
		this.unresponsive.failed(this.node, TIMEOUT);
		assertThat(this.unresponsive.contains(this.node)).isFalse();
	}

	@Test
	void lostConnectionIsNoReason() {
		this.unresponsive.failed(this.node, new JedisConnectionException("Unexpected end of stream."));
		assertThat(this.unresponsive.contains(this.node)).isFalse();
	}

	@Test
	void ejectionThatWasNotLoggedIsLoggedIfItLasts(CapturedOutput output) {
		RuntimeException unreachable = new NodeUnreachableException("Connection refused", null);
		NodePool pool = mock();
		ConnectionPools probing = mock();
		given(probing.get(this.node)).willReturn(pool);
		given(pool.probe()).willReturn(ProbeResult.ANSWERED);
		AtomicLong now = new AtomicLong();
		UnresponsiveNodes flapping = new UnresponsiveNodes("foo", probing, (node) -> true, this.thread, now::get);
		for (int i = 0; i < 3; i++) {
			flapping.failed(this.node, unreachable);
			Awaitility.await().atMost(LONG).until(() -> !flapping.contains(this.node));
		}
		given(pool.probe()).willReturn(ProbeResult.SILENT);
		flapping.failed(this.node, unreachable);
		now.addAndGet(Duration.ofMinutes(1).toNanos());
		Awaitility.await().atMost(LONG).until(() -> lines(output, "ejected").size() == 2);
		assertThat(lines(output, "ejected").get(1))
			.endsWith("until it answers (Connection refused) (3 more such lines left out in the last 60 s)");
		given(pool.probe()).willReturn(ProbeResult.ANSWERED);
		Awaitility.await().atMost(LONG).until(() -> lines(output, "reaches again").size() == 2);
	}

	private static List<String> lines(CapturedOutput output, String text) {
		return output.toString().lines().filter((line) -> line.contains(text)).toList();
	}

}
