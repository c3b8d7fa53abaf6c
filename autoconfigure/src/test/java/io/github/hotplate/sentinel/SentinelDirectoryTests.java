package io.github.hotplate.sentinel;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SentinelDirectory}.
 */
class SentinelDirectoryTests {

	private static final HostAndPort A = new HostAndPort("a", 26379);

	private static final HostAndPort B = new HostAndPort("b", 26379);

	private static final HostAndPort C = new HostAndPort("c", 26379);

	private static final HostAndPort D = new HostAndPort("d", 26379);

	private final SentinelDirectory directory = new SentinelDirectory(List.of(A, B));

	@Test
	void whoAnsweredIsAskedFirst() {
		this.directory.answered(B);
		assertThat(this.directory.inOrder()).containsExactly(B, A);
	}

	@Test
	void whoFailedIsAskedLast() {
		this.directory.failed(A);
		assertThat(this.directory.inOrder()).containsExactly(B, A);
	}

	@Test
	void discoveredSentinelsAreAskedLast() {
		this.directory.learn(A, List.of(B, C));
		assertThat(this.directory.inOrder()).containsExactly(A, B, C);
	}

	@Test
	void discoveredSentinelsAreForgottenOnceUnlisted() {
		this.directory.learn(A, List.of(B, C, D));
		this.directory.learn(C, List.of(A));
		assertThat(this.directory.inOrder()).containsExactly(A, B, C);
	}

	@Test
	void numberIsBounded() {
		this.directory.learn(A, IntStream.range(0, 1_000).mapToObj((i) -> new HostAndPort("x", 1 + i)).toList());
		assertThat(this.directory.inOrder()).hasSize(SentinelDirectory.MAX_SENTINELS).startsWith(A, B);
	}

}
