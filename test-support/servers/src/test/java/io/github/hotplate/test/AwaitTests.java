package io.github.hotplate.test;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisDataException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Await}.
 */
class AwaitTests {

	@Test
	void asksUntilThereIsNoObstacle() {
		Iterator<String> obstacles = List.of("first", "second").iterator();
		Await.until("the goal", Duration.ofSeconds(10), () -> obstacles.hasNext() ? obstacles.next() : null);
		assertThat(obstacles.hasNext()).isFalse();
	}

	@Test
	void namesLastObstacleWhenItGivesUp() {
		assertThatExceptionOfType(EmbeddedRedisException.class)
			.isThrownBy(() -> Await.until("the goal", Duration.ofMillis(20), () -> "the wall"))
			.withMessage("Gave up waiting for the goal after 20 ms: the wall");
	}

	@Test
	void refusalOfRedisIsAnObstacle() {
		assertThatExceptionOfType(EmbeddedRedisException.class)
			.isThrownBy(() -> Await.until("the goal", Duration.ofMillis(20), () -> {
				throw new JedisDataException("ERR not yet");
			}))
			.withMessageContaining("ERR not yet");
	}

	@Test
	void interruptEndsTheWaitAndIsKept() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(EmbeddedRedisException.class)
			.isThrownBy(() -> Await.until("the goal", Duration.ofSeconds(10), () -> "the wall"))
			.withMessage("Interrupted while waiting for the goal");
		assertThat(Thread.interrupted()).isTrue();
	}

}
