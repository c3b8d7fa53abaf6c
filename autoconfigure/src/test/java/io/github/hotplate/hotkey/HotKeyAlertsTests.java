package io.github.hotplate.hotkey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HotKeyAlerts}.
 */
class HotKeyAlertsTests {

	private final List<HotKeyEvent> events = new ArrayList<>();

	private final HotKeyAlerts alerts = new HotKeyAlerts(0.1, this.events::add);

	private final HotKeyTracker tracker = mock();

	@Test
	void tellsOfKeyThatPassesThreshold() {
		look(key("cold", 0.09));
		assertThat(this.events).isEmpty();
		look(key("hot", 0.1), key("cold", 0.09));
		assertThat(this.events).singleElement().satisfies((event) -> {
			assertThat(event.access()).isEqualTo(KeyAccess.READS);
			assertThat(event.key().key()).isEqualTo("hot");
		});
	}

	@Test
	void tellsOnceOfKeyThatHoversAroundThreshold() {
		look(key("hot", 0.11));
		look(key("hot", 0.09));
		look(key("hot", 0.12));
		assertThat(this.events).hasSize(1);
	}

	@Test
	void tellsAnewOfKeyThatWasClearlyBelow() {
		look(key("hot", 0.11));
		look(key("hot", 0.07));
		look(key("hot", 0.11));
		assertThat(this.events).hasSize(2);
	}

	@Test
	void readsAndWritesAreApart() {
		look(key("hot", 0.2));
		this.alerts.onHotKeys(this.tracker, KeyAccess.WRITES, List.of(key("hot", 0.2)));
		assertThat(this.events).extracting(HotKeyEvent::access).containsExactly(KeyAccess.READS, KeyAccess.WRITES);
	}

	private void look(HotKey... hottest) {
		this.alerts.onHotKeys(this.tracker, KeyAccess.READS, List.of(hottest));
	}

	private static HotKey key(String name, double share) {
		return new HotKey(name, share, 1, 0, "node", null, Instant.EPOCH, Instant.EPOCH);
	}

}
