package io.github.hotplate.hotkey;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The hot keys of a client, as seen by this process.
 *
 * @param client the name of the client
 * @param since the start of the count
 * @param droppedSamples samples that were lost because they came too fast or Redis did
 * not accept them
 * @param reads the keys that are read
 * @param writes the keys that are written
 * @param slots the most used slots of the last few seconds
 * @param nodes the nodes that serve them
 * @param bigKeys the keys of the biggest commands; empty unless sizes are tracked
 * @param server the servers' own measurements
 * @since 0.1.0
 */
public record HotKeyReport(String client, Instant since, long droppedSamples, AccessReport reads, AccessReport writes,
		List<SlotHeat> slots, List<NodeHeat> nodes, List<BigKeyReport> bigKeys, ServerReport server) {

	/**
	 * The keys of one access.
	 *
	 * @param sampleRate the share of the commands that are sampled, from 0 to 1
	 * @param effectiveSampleRate the share that is currently sampled, lower in heavy
	 * traffic
	 * @param sampledKeys the number of sampled keys, counting each occurrence
	 * @param now the most used keys of the last few seconds, with their shares of that
	 * time
	 * @param sinceReset the most used keys since the start of the count, with their
	 * shares of that time
	 */
	public record AccessReport(double sampleRate, double effectiveSampleRate, long sampledKeys, List<HotKey> now,
			List<HotKey> sinceReset) {

	}

	/**
	 * The load of a slot.
	 *
	 * @param slot the slot, or the first of a group of slots if a sharded client has more
	 * than 16,384
	 * @param node the node that takes writes for it, or {@code null} if none is known
	 * @param share its part of all keys of the last seconds, from 0 to 1
	 */
	public record SlotHeat(int slot, @Nullable String node, double share) {

	}

	/**
	 * The load of a node's slots, regardless of whether the node or its replicas answer.
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
	 * @param node the node that takes writes for the slot, or {@code null} if none is
	 * known
	 * @param seen when that command ran
	 */
	public record BigKeyReport(String key, long bytes, int slot, @Nullable String node, Instant seen) {

	}

	/**
	 * The servers' own measurements.
	 *
	 * @param hotKeys the keys by {@code HOTKEYS GET}, or {@code null} if no server
	 * supports it or none has started to track
	 * @param slots the slots by {@code CLUSTER SLOT-STATS}, or {@code null} if no server
	 * supports it
	 */
	public record ServerReport(@Nullable List<ServerKey> hotKeys, @Nullable List<ServerSlot> slots) {

	}

	/**
	 * A key as measured by its server.
	 *
	 * @param key the key, named as everywhere
	 * @param node its server
	 * @param cpuMicros the time that its commands took, in microseconds, or {@code null}
	 * if not measured
	 * @param networkBytes the bytes that its commands sent and received, or {@code null}
	 * if not measured
	 */
	public record ServerKey(String key, String node, @Nullable Long cpuMicros, @Nullable Long networkBytes) {

	}

	/**
	 * A slot as measured by its server.
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
