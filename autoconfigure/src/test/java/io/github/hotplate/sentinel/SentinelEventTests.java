package io.github.hotplate.sentinel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SentinelEvent}.
 */
class SentinelEventTests {

	@ParameterizedTest
	@CsvSource({ "+switch-master, mymaster 10.0.0.1 6379 10.0.0.2 6379, true",
			"+switch-master, mymaster2 10.0.0.1 6379 10.0.0.2 6379, false",
			"+sdown, master mymaster 10.0.0.1 6379, true", "+odown, master mymaster 10.0.0.1 6379 #quorum 2/2, true",
			"+sdown, master other 10.0.0.1 6379, false",
			"+slave, slave 10.0.0.2:6379 10.0.0.2 6379 @ mymaster 10.0.0.1 6379, true",
			"+slave, slave 10.0.0.2:6379 10.0.0.2 6379 @ other 10.0.0.1 6379, false", "+slave, @, false",
			"+reboot, master, false" })
	void concernsThoseAroundThePrimary(String name, String text, boolean concerned) {
		assertThat(new SentinelEvent(name, text).concerns("mymaster")).isEqualTo(concerned);
	}

	@ParameterizedTest
	@CsvSource({ "+selected-slave, true", "+promoted-slave, true", "+switch-master, true", "+sdown, false",
			"-sdown, false", "+slave, false" })
	void decisionIsWhatNamesAnotherPrimary(String name, boolean decision) {
		assertThat(SentinelEvent.NAMES).contains(name);
		assertThat(new SentinelEvent(name, "").isDecision()).isEqualTo(decision);
	}

}
