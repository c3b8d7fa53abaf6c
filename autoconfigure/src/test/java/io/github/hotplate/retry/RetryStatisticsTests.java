package io.github.hotplate.retry;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RetryStatistics}.
 */
class RetryStatisticsTests {

	private final RetryStatistics statistics = new RetryStatistics();

	@Test
	void countsByReasonUntilReset() {
		retry("connection");
		retry("MOVED");
		retry("connection");
		assertThat(this.statistics.counts()).containsExactly(entry("MOVED", 1L), entry("connection", 2L));
		this.statistics.reset();
		assertThat(this.statistics.counts()).isEmpty();
	}

	private void retry(String reason) {
		this.statistics.onRetry(mock(), mock(), reason);
	}

}
