package io.github.hotplate.hotkey;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a tracker knows of the hot keys of its client, in this process.
 *
 * @param client the name of the client
 * @param since since when it counts
 * @param droppedSamples samples that were lost, since they came too fast or Redis did not
 * take them
 * @param reads the keys that are read
 * @param writes the keys that are written
 * @param slots the slots that were used most in the last seconds
 * @param nodes the nodes that serve them
 * @param bigKeys the keys of the biggest commands; empty unless sizes are tracked
 * @param server what the servers themselves have measured
 * @since 0.1.0
 */
public record HotKeyReport(String client, Instant since, long droppedSamples, AccessReport reads, AccessReport writes,
		List<SlotHeat> slots, List<NodeHeat> nodes, List<BigKeyReport> bigKeys, ServerReport server) {

	/**
	 * The keys of one access.
	 *
	 * @param sampleRate the share of the commands that are sampled, from 0 to 1
	 * @param effectiveSampleRate the share that is sampled at the moment, which is less
	 * in heavy traffic
	 * @param sampledKeys the keys that were sampled, each as often as it occurred
	 * @param now the keys that were used most in the last seconds, with their shares of
	 * these
	 * @param sinceReset the keys that were used most since the tracker counts, with their
	 * shares of that time
	 */
	public record AccessReport(double sampleRate, double effectiveSampleRate, long sampledKeys, List<HotKey> now,
			List<HotKey> sinceReset) {

	}

	/**
	 * How much a slot is used.
	 *
	 * @param slot the slot, or the first of a group of slots where a sharded client has
	 * more than 16,384
	 * @param node the node that takes writes for it, or {@code null} where none is known
	 * @param share its part of all keys of the last seconds, from 0 to 1
	 */
	public record SlotHeat(int slot, @Nullable String node, double share) {

	}

	/**
	 * How much the slots of a node are used, whether the node or its replicas answer.
	 *
	 * @param node the node that takes writes for the slots
	 * @param share its part of all keys of the last seconds, from 0 to 1
	 */
	public record NodeHeat(String node, double share) {

	}

	/**
	 * The key of a big command.
	 *
	 * @param key the key
	 * @param bytes the bytes of arguments and reply of its biggest command
	 * @param slot its slot
	 * @param node the node that takes writes for the slot, or {@code null} where none is
	 * known
	 * @param seen when that command ran
	 */
	public record BigKeyReport(String key, long bytes, int slot, @Nullable String node, Instant seen) {

	}

	/**
	 * What the servers themselves have measured.
	 *
	 * @param hotKeys the keys by {@code HOTKEYS GET}, or {@code null} where no server
	 * offers it or none has been told to start
	 * @param slots the slots by {@code CLUSTER SLOT-STATS}, or {@code null} where no
	 * server offers it
	 */
	public record ServerReport(@Nullable List<ServerKey> hotKeys, @Nullable List<ServerSlot> slots) {

	}

	/**
	 * A key as its server sees it.
	 *
	 * @param key the key, named as everywhere
	 * @param node its server
	 * @param cpuMicros the time that its commands took, in microseconds, or {@code null}
	 * where that is not measured
	 * @param networkBytes the bytes that its commands sent and received, or {@code null}
	 * where that is not measured
	 */
	public record ServerKey(String key, String node, @Nullable Long cpuMicros, @Nullable Long networkBytes) {

	}

	/**
	 * A slot as its server sees it.
	 *
	 * @param slot the slot
	 * @param node its server
	 * @param keys the number of keys
	 * @param cpuMicros the time that its commands took, in microseconds
	 * @param networkBytesIn the bytes received
	 * @param networkBytesOut the bytes sent
	 */
	public record ServerSlot(int slot, String node, @Nullable Long keys, @Nullable Long cpuMicros,
			@Nullable Long networkBytesIn, @Nullable Long networkBytesOut) {

	}

}
