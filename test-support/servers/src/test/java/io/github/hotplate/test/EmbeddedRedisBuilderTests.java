package io.github.hotplate.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link EmbeddedRedisBuilder} and its subclasses.
 */
class EmbeddedRedisBuilderTests {

	@Test
	void refusesNumbersThatMakeNoCluster() {
		EmbeddedRedisCluster.Builder builder = EmbeddedRedisCluster.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.primaries(0))
			.withMessage("'primaries' must be at least 1: 0");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.replicasPerPrimary(-1))
			.withMessage("'replicasPerPrimary' must be at least 0: -1");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.nodeTimeout(Duration.ofNanos(1)))
			.withMessage("'nodeTimeout' must be at least 1: 0");
	}

	@Test
	void refusesNumbersThatMakeNoShards() {
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedRedisShards.builder().servers(0))
			.withMessage("'servers' must be at least 1: 0");
	}

	@Test
	void refusesBlankPassword() {
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedRedisServer.builder().password(" "))
			.withMessage("'password' must not be blank");
	}

	@Test
	void nothingCanBeAskedBeforeTheStart() {
		EmbeddedRedisServer server = EmbeddedRedisServer.builder().build();
		assertThatIllegalStateException().isThrownBy(server::url).withMessage("Not started: call start() first");
		assertThatIllegalStateException().isThrownBy(server::awaitHealthy)
			.withMessage("Not running: not started yet, or closed");
	}

	@Test
	void thereIsNoCertificateWithoutTls() {
		EmbeddedRedisServer server = EmbeddedRedisServer.builder().build();
		assertThatIllegalStateException().isThrownBy(server::tls)
			.withMessage("The servers speak plain text: build them with tls(true)");
	}

}
