package io.github.hotplate.test.container;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RedisClusterContainer} that need no Docker.
 */
class RedisClusterContainerTests {

	@Test
	void urlBeforeTheStartIsRefused() {
		try (RedisClusterContainer container = new RedisClusterContainer()) {
			assertThatIllegalStateException().isThrownBy(container::getUrl).withMessageContaining("start it first");
		}
	}

}
