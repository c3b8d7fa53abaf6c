package io.github.hotplate.sample.visitor;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VisitPacerTests {

	private static final long TICK = Duration.ofMillis(20).toNanos();

	private final VisitPacer pacer = new VisitPacer(0);

	@Test
	void keepsTheRateOverASecondOfTicks() {
		assertThat(visitsInTicks(130, 50)).isEqualTo(130);
	}

	@Test
	void carriesFractionsOfAVisit() {
		assertThat(this.pacer.due(30, TICK)).isZero();
		assertThat(this.pacer.due(30, 2 * TICK)).isEqualTo(1);
	}

	@Test
	void sendsNobodyAtRateZero() {
		assertThat(visitsInTicks(0, 50)).isZero();
	}

	@Test
	void forgetsAPauseInsteadOfMakingUpForIt() {
		assertThat(this.pacer.due(100, Duration.ofMinutes(1).toNanos())).isEqualTo(25);
	}

	private int visitsInTicks(int rate, int ticks) {
		int visits = 0;
		for (int tick = 1; tick <= ticks; tick++) {
			visits += this.pacer.due(rate, tick * TICK);
		}
		return visits;
	}

}
