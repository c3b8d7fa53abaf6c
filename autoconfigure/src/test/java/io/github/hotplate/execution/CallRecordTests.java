package io.github.hotplate.execution;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Commands;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallRecord}.
 */
class CallRecordTests {

	private static final HostAndPort A = new HostAndPort("a", 7000);

	private static final InetSocketAddress PEER_OF_A = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000);

	private static final HostAndPort B = new HostAndPort("b", 7000);

	private final CommandObject<Object> command = Commands.command("GET key");

	private long now = 1_000;

	private CallRecord call = start();

	@AfterEach
	void everyCallIsClosed() {
		this.call.close();
		assertThat(CallRecord.current()).isNull();
	}

	@Test
	void callWithoutTroubleIsAllServer() {
		this.now += 7;
		this.call.end(null);
		assertThat(this.call.totalNanos()).isEqualTo(7);
		assertParts(0, 0, 7, 0, 0);
	}

	@Test
	void attemptsBeforeLastAreRetries() {
		lap(CallPart.SERVER, 1);
		lap(CallPart.POOL_WAIT, 2);
		lap(CallPart.CONNECT, 4);
		// The attempt itself, a pause, and the attempt that counts.
		lap(CallPart.SERVER, 8);
		lap(CallPart.RETRIES, 16);
		CallRecord.retried();
		this.now += 32;
		this.call.end(null);
		assertParts(2, 4, 32, 25, 0);
		assertThat(this.call.retries()).isOne();
	}

	@Test
	void attemptsThatLedElsewhereAreRedirects() {
		lap(CallPart.SERVER, 1);
		lap(CallPart.CONNECT, 2);
		lap(CallPart.REDIRECTS, 4);
		CallRecord.redirected(false);
		this.now += 8;
		this.call.end(null);
		assertParts(0, 2, 8, 0, 5);
		assertThat(this.call.moved()).isOne();
		assertThat(this.call.asked()).isZero();
	}

	@Test
	void whatWasServedStaysWithServer() {
		this.now += 1;
		CallRecord.served();
		lap(CallPart.SERVER, 2);
		lap(CallPart.RETRIES, 4);
		this.now += 8;
		this.call.end(null);
		assertParts(0, 0, 9, 6, 0);
	}

	@Test
	void slowestNodeIsTheLastThatWasWaitedFor() {
		CallRecord.usesNode(A);
		CallRecord.usesNode(B);
		lap(CallPart.SERVER, 1);
		this.now += 100;
		CallRecord.replied(A, PEER_OF_A);
		this.now += 1;
		CallRecord.replied(B, null);
		assertThat(this.call.node()).isEqualTo(A);
		assertThat(this.call.peer()).isEqualTo(PEER_OF_A);
		lap(CallPart.SERVER, 0);
		this.now += 100;
		CallRecord.replied(A, PEER_OF_A);
		this.now += 90;
		CallRecord.replied(B, null);
		assertThat(this.call.node()).isEqualTo(B);
		assertThat(this.call.peer()).isNull();
	}

	@Test
	void nestedCallHasTimesOfItsOwn() {
		lap(CallPart.POOL_WAIT, 1);
		CallRecord nested = start();
		lap(CallPart.CONNECT, 2);
		CallRecord.usesNode(B);
		nested.end(null);
		nested.close();
		assertThat(CallRecord.current()).isSameAs(this.call);
		lap(CallPart.RETRIES, 4);
		this.call.end(null);
		assertParts(1, 0, 0, 6, 0);
		assertThat(this.call.node()).isNull();
		assertThat(nested.nanos(CallPart.CONNECT)).isEqualTo(2);
	}

	@Test
	void notesWithoutCallAreIgnored() {
		this.call.close();
		CallRecord.lap(CallPart.CONNECT);
		CallRecord.retried();
		CallRecord.redirected(true);
		CallRecord.served();
		CallRecord.usesNode(A);
		CallRecord.replied(A, PEER_OF_A);
		assertThat(CallRecord.current()).isNull();
		this.call.end(null);
		assertParts(0, 0, 0, 0, 0);
	}

	private void lap(CallPart part, long nanos) {
		this.now += nanos;
		CallRecord.lap(part);
	}

	private void assertParts(long poolWait, long connect, long server, long retries, long redirects) {
		assertThat(Arrays.stream(CallPart.values()).map(this.call::nanos)).containsExactly(poolWait, connect, server,
				retries, redirects);
		assertThat(Arrays.stream(CallPart.values()).mapToLong(this.call::nanos).sum())
			.isEqualTo(this.call.totalNanos());
	}

	private CallRecord start() {
		return CallRecord.start(this.command, CommandSpecs.of(this.command.getArguments()), () -> this.now);
	}

}
