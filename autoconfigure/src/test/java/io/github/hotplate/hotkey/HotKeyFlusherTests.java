package io.github.hotplate.hotkey;

import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link HotKeyFlusher}.
 */
@ExtendWith(OutputCaptureExtension.class)
class HotKeyFlusherTests {

	private final DedicatedConnections connections = mock();

	private final TrackerFailures failures = new TrackerFailures("foo", new MonitoringFailures());

	private final HotKeySummary summary = new HotKeySummary(KeyName::of, KeySlots.CLUSTER, InstantSource.system(),
			this.failures);

	private final HotKeyFlusher flusher = new HotKeyFlusher(this.summary, set(KeyAccess.READS), set(KeyAccess.WRITES),
			this.failures);

	HotKeyFlusherTests() {
		given(this.connections.primaryOf(anyInt())).willReturn(new HostAndPort("host", 1));
		given(this.connections.open(any(), any())).willThrow(new JedisConnectionException("expected"));
	}

	@Test
	void flushesForTheLastTimeWhenClosed() {
		read();
		this.flusher.close();
		this.flusher.close();
		then(this.connections).should(times(1)).open(any(), any());
	}

	@Test
	void opensNoConnectionOnceClosed() {
		this.flusher.close();
		read();
		this.flusher.flush();
		then(this.connections).should(never()).open(any(), any());
		assertThat(this.summary.due(KeyAccess.READS, 1)).hasSize(1);
	}

	@Test
	void failedFlushTakesOneLine(CapturedOutput output) {
		read();
		this.flusher.flush();
		assertThat(output).contains("could not flush hot keys and keeps them for the next flush")
			.contains("JedisConnectionException: expected")
			.doesNotContain("\tat ");
		assertThat(this.summary.due(KeyAccess.READS, 1)).hasSize(1);
	}

	private void read() {
		this.summary.offer(new Sample("key", Sample.SLOT_OF_KEY, KeyAccess.READS, 1, 0));
		this.summary.drain();
	}

	private HotKeySet set(KeyAccess access) {
		return new HotKeySet(access, 10,
				new TrackerConnection(this.connections, 0, HotKeySet.TIMEOUT, System::nanoTime), "1");
	}

}
