package io.github.hotplate.support;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Listeners}.
 */
class ListenersTests {

	private final MonitoringFailures failures = new MonitoringFailures();

	private final Listeners<String> listeners = new Listeners<>(this.failures);

	private final List<String> heard = new ArrayList<>();

	@Test
	void listenerThatFailsIsCountedAndKeepsNothingFromTheNext() {
		this.listeners.add((news) -> {
			throw new IllegalStateException("staged");
		});
		this.listeners.add(this.heard::add);
		this.listeners.tell("first");
		this.listeners.tell("second");
		assertThat(this.heard).containsExactly("first", "second");
		assertThat(this.failures.count(Part.LISTENER)).isEqualTo(2);
	}

	@Test
	void listenerOfIncompatibleLibraryIsCountedToo() {
		this.listeners.add((news) -> {
			throw new NoSuchMethodError("staged");
		});
		this.listeners.add(this.heard::add);
		this.listeners.tell("news");
		assertThat(this.heard).containsExactly("news");
		assertThat(this.failures.count(Part.LISTENER)).isOne();
	}

	@Test
	void exhaustedMachineIsNoFailureOfListener() {
		this.listeners.add((news) -> {
			throw new OutOfMemoryError("staged");
		});
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> this.listeners.tell("news"));
		assertThat(this.failures.count(Part.LISTENER)).isZero();
	}

}
