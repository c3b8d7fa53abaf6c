package io.github.hotplate.topology;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.github.hotplate.execution.ClusterDownException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RefreshHistory}.
 */
class RefreshHistoryTests {

	private final AtomicLong now = new AtomicLong();

	private final RefreshHistory history = new RefreshHistory(this.now::get);

	@Test
	void nothingIsKnownAtFirst() {
		assertThat(this.history.status()).isEqualTo(new TopologyStatus(null, null, null, 0, Map.of()));
	}

	@Test
	void remembersReasonsAndAge() {
		refresh(RefreshReason.START);
		refresh(RefreshReason.MOVED);
		refresh(RefreshReason.MOVED);
		this.now.addAndGet(Duration.ofSeconds(3).toNanos());
		assertThat(this.history.status()).isEqualTo(new TopologyStatus(Duration.ofSeconds(3), RefreshReason.MOVED, null,
				0, Map.of(RefreshReason.START, 1L, RefreshReason.MOVED, 2L)));
	}

	@Test
	void refreshThatFailsLeavesAgeAndCountsOnceUntilItSucceeds() {
		refresh(RefreshReason.START);
		this.now.addAndGet(Duration.ofSeconds(3).toNanos());
		this.history.begun(RefreshReason.UNREACHABLE);
		fail("no node answered");
		fail("no node answered again");
		assertThat(this.history.status()).isEqualTo(new TopologyStatus(Duration.ofSeconds(3), RefreshReason.UNREACHABLE,
				"no node answered again", 2, Map.of(RefreshReason.START, 1L, RefreshReason.UNREACHABLE, 1L)));
		this.history.attempt(() -> {
		});
		assertThat(this.history.status().lastFailure()).isNull();
		assertThat(this.history.status().age()).isEqualTo(Duration.ZERO);
	}

	@Test
	void resetDoesNotAffectTotals() {
		refresh(RefreshReason.MOVED);
		this.history.begun(RefreshReason.PERIOD);
		fail("no node answered");
		this.history.reset();
		assertThat(this.history.status().refreshes()).isEmpty();
		assertThat(this.history.status().failures()).isZero();
		refresh(RefreshReason.MOVED);
		assertThat(this.history.status().refreshes()).containsExactly(Map.entry(RefreshReason.MOVED, 1L));
		assertThat(this.history.total(RefreshReason.MOVED)).isEqualTo(2);
		assertThat(this.history.total(RefreshReason.START)).isZero();
	}

	@Test
	void waitsForAttemptThatBeganAfterRequest() throws InterruptedException {
		Duration unlimited = Duration.ofMinutes(1);
		boolean ended = this.history.awaitNext(() -> CompletableFuture.runAsync(() -> refresh(RefreshReason.REQUEST),
				(task) -> new Thread(task).start()), unlimited);
		assertThat(ended).isTrue();
	}

	@Test
	void attemptThatBeganBeforeRequestDoesNotEndWait() {
		this.history.attempt(() -> {
			try {
				assertThat(this.history.awaitNext(() -> {
				}, Duration.ofMillis(1))).isFalse();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
	}

	private void refresh(RefreshReason reason) {
		this.history.begun(reason);
		this.history.attempt(() -> {
		});
	}

	private void fail(String message) {
		assertThatExceptionOfType(ClusterDownException.class).isThrownBy(() -> this.history.attempt(() -> {
			throw new ClusterDownException(message, null);
		}));
	}

}
