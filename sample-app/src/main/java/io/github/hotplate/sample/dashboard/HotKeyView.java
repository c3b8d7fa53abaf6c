package io.github.hotplate.sample.dashboard;

import java.time.Instant;
import java.util.List;

import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyReport;
import io.github.hotplate.hotkey.HotKeyReport.AccessReport;
import io.github.hotplate.hotkey.HotKeyReport.NodeHeat;
import io.github.hotplate.hotkey.HotKeyReport.SlotHeat;

/**
 * The hot keys of the last seconds as the page draws them.
 *
 * @param since since when samples are counted
 * @param droppedSamples samples that were lost since then
 * @param reads the keys that are read
 * @param writes the keys that are written
 * @param slots every slot that was used of late
 * @param nodes every node whose keys were used of late
 */
record HotKeyView(Instant since, long droppedSamples, Access reads, Access writes, List<SlotHeat> slots,
		List<NodeHeat> nodes) {

	private static final int KEYS = 8;

	static HotKeyView of(HotKeyReport report) {
		return new HotKeyView(report.since(), report.droppedSamples(), Access.of(report.reads()),
				Access.of(report.writes()), report.slots(), report.nodes());
	}

	/**
	 * The hottest keys of one access.
	 *
	 * @param sampleRate the share of the commands that are sampled, from 0 to 1
	 * @param sampledKeys how many keys were sampled
	 * @param keys the hottest keys, hottest first
	 */
	record Access(double sampleRate, long sampledKeys, List<HotKey> keys) {

		private static Access of(AccessReport report) {
			return new Access(report.sampleRate(), report.sampledKeys(), report.now().stream().limit(KEYS).toList());
		}

	}

}
