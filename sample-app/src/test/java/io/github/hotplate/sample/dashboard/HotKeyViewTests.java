package io.github.hotplate.sample.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyReport;
import io.github.hotplate.hotkey.HotKeyReport.AccessReport;
import io.github.hotplate.hotkey.HotKeyReport.NodeHeat;
import io.github.hotplate.hotkey.HotKeyReport.ServerReport;
import io.github.hotplate.hotkey.HotKeyReport.SlotHeat;

import static org.assertj.core.api.Assertions.assertThat;

class HotKeyViewTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void listsTheHottestKeysOfTheLastSecondsAndEverySlotAndNode() {
		List<SlotHeat> slots = IntStream.range(0, 100).mapToObj((slot) -> new SlotHeat(slot, null, 0.01)).toList();
		HotKeyView view = HotKeyView.of(new HotKeyReport("foo", NOW, 3, access("read"), access("written"), slots,
				List.of(new NodeHeat("127.0.0.1:7000", 1)), List.of(), new ServerReport(null, null)));
		assertThat(view.reads().keys()).hasSize(8).first().extracting(HotKey::key).isEqualTo("read:0");
		assertThat(view.writes().keys()).hasSize(8).last().extracting(HotKey::key).isEqualTo("written:7");
		assertThat(view.reads().sampleRate()).isEqualTo(0.5);
		assertThat(view.slots()).hasSize(100);
		assertThat(view.nodes()).containsExactly(new NodeHeat("127.0.0.1:7000", 1));
		assertThat(view.droppedSamples()).isEqualTo(3);
	}

	private static AccessReport access(String name) {
		List<HotKey> keys = IntStream.range(0, 20)
			.mapToObj((rank) -> new HotKey(name + ":" + rank, 0.05, 1, 0, null, null, NOW, NOW))
			.toList();
		return new AccessReport(0.5, 0.5, 20, keys, List.of());
	}

}
