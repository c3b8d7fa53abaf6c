package io.github.hotplate.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Commands;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.ProbeResult;
import io.github.hotplate.support.BackgroundThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link NodeInquiries}.
 */
class NodeInquiriesTests {

	private final HostAndPort node = new HostAndPort("localhost", 7000);

	private final ConnectionPools pools = mock();

	private final BackgroundThread thread = new BackgroundThread("foo", "health");

	private final NodeInquiries inquiries = new NodeInquiries(this.pools, (result) -> false, this.thread, () -> 0);

	@AfterEach
	void close() {
		this.thread.close();
	}

	@Test
	void waitForVerdictIsTimeOfRetries() throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		NodePool pool = mock();
		given(this.pools.get(this.node)).willReturn(pool);
		given(pool.probe()).will((invocation) -> {
			asked.countDown();
			answer.await();
			return ProbeResult.ANSWERED;
		});
		CompletableFuture<Void> other = CompletableFuture.runAsync(() -> this.inquiries.ask(this.node, () -> {
		}));
		assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
		// The node answers once the call has begun to wait.
		AtomicLong clock = new AtomicLong();
		CommandObject<Object> get = Commands.command("GET a");
		try (CallRecord call = CallRecord.start(get, CommandSpecs.of(get.getArguments()), () -> {
			if (clock.incrementAndGet() == 2) {
				answer.countDown();
			}
			return clock.get();
		})) {
			this.inquiries.await(this.node);
			call.end(null);
			assertThat(call.nanos(CallPart.RETRIES)).isEqualTo(2);
			assertThat(call.nanos(CallPart.SERVER)).isOne();
		}
		assertThat(other).succeedsWithin(20, TimeUnit.SECONDS);
	}

}
