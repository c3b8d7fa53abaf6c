package io.github.hotplate.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.ProbeResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link Silence}.
 */
class SilenceTests {

	private static final HostAndPort FIRST = new HostAndPort("a", 1);

	private static final HostAndPort SECOND = new HostAndPort("b", 2);

	private final AtomicLong now = new AtomicLong();

	private final NodePool first = mock();

	private final NodePool second = mock();

	private final ConnectionPools pools = mock();

	private final EjectedNodes ejected = mock();

	private final Silence silence = new Silence("foo", this.pools, this.ejected, () -> List.of(FIRST, SECOND),
			this.now::get);

	SilenceTests() {
		given(this.pools.get(FIRST)).willReturn(this.first);
		given(this.pools.get(SECOND)).willReturn(this.second);
		given(this.first.probe()).willReturn(ProbeResult.SILENT);
		given(this.second.probe()).willReturn(ProbeResult.SILENT);
	}

	@AfterEach
	void close() {
		this.silence.close();
	}

	@Test
	void lastsFromFirstCheckWithoutAnswerToNextAnswer() {
		assertThat(this.silence.lasting()).isZero();
		Awaitility.await().until(() -> {
			this.now.incrementAndGet();
			return !this.silence.lasting().isZero();
		});
		given(this.second.probe()).willReturn(ProbeResult.LOADING);
		Awaitility.await().until(() -> this.silence.lasting().isZero());
	}

	@Test
	void oneAnswerIsEnough() {
		given(this.first.probe()).willReturn(ProbeResult.ANSWERED);
		assertThat(this.silence.lasting()).isZero();
		verify(this.first, timeout(5_000)).probe();
		assertThat(this.silence.lasting()).isZero();
		verify(this.second, never()).probe();
	}

	@Test
	void nodeThatCannotBeAskedIsNotCalledSilent() {
		given(this.first.probe()).willReturn(ProbeResult.NOT_ASKED);
		assertThat(this.silence.lasting()).isZero();
		verify(this.first, timeout(5_000)).probe();
		assertThat(this.silence.lasting()).isZero();
	}

	@Test
	void lastsSinceTheLastNodeWasEjected() {
		given(this.ejected.contains(any())).willReturn(true);
		given(this.ejected.ejections())
			.willReturn(Map.of(FIRST, ejection(Duration.ofSeconds(9)), SECOND, ejection(Duration.ofSeconds(7))));
		assertThat(this.silence.lasting()).isEqualTo(Duration.ofSeconds(7));
	}

	private static Ejection ejection(Duration lasting) {
		return new Ejection(lasting, Duration.ZERO, null);
	}

}
