package io.github.hotplate.crossslot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandKeys;

/**
 * The cursor of a scan of a cluster: what is done, and what is under way. To the caller
 * it is a number like any other cursor, though a longer one, and zero is the start and
 * the end. Immutable, though it holds sets that could be changed.
 *
 * @param phase what comes next
 * @param watched whether each page tells which slots its node serves
 * @param slot a slot of the shard that comes next
 * @param rounds how many shards were scanned without a slot more that was done
 * @param epoch the configuration epoch of the node when its part began
 * @param part the slots that the node has served alone since its part began
 * @param leaving the slots that have been leaving the node since its part began
 * @param done the slots whose keys were all returned
 * @param left the slots whose keys were all returned but for those that had already left
 * for the shard that comes next, which is taking over the slots
 * @param page the cursor of the node
 */
record ClusterScan(Phase phase, boolean watched, int slot, int rounds, long epoch, BitSet part, BitSet leaving,
		BitSet done, BitSet left, BigInteger page) {

	static ClusterScan begin(int slot, BitSet done, BitSet left, int rounds) {
		return new ClusterScan(Phase.BEGIN, false, slot, rounds, 0, new BitSet(), new BitSet(), done, left,
				BigInteger.ZERO);
	}

	/**
	 * Return the same scan with the part of its shard not begun.
	 * @param watched whether to watch the slots of the node this time
	 * @return the scan
	 */
	ClusterScan again(boolean watched) {
		return new ClusterScan(Phase.BEGIN, watched, this.slot, this.rounds + (watched ? 1 : 0), 0, new BitSet(),
				new BitSet(), this.done, this.left, BigInteger.ZERO);
	}

	ClusterScan begun(OwnSlots own, BigInteger cursor, boolean ended) {
		return new ClusterScan(ended ? Phase.END : Phase.RUN, this.watched, this.slot, this.rounds, own.epoch(),
				own.settled(), own.leaving(), this.done, this.left, cursor);
	}

	ClusterScan continued(BigInteger cursor, boolean ended) {
		return new ClusterScan(ended ? Phase.END : Phase.RUN, this.watched, this.slot, this.rounds, this.epoch,
				this.part, this.leaving, this.done, this.left, cursor);
	}

	/**
	 * Return the same scan without the slots that did not stay as they were.
	 * @param own the slots of the node now
	 * @return the scan
	 */
	ClusterScan seen(OwnSlots own) {
		return new ClusterScan(this.phase, this.watched, this.slot, this.rounds, this.epoch,
				SlotSet.common(this.part, own.settled()), SlotSet.common(this.leaving, own.leaving()), this.done,
				SlotSet.common(this.left, own.taken()), this.page);
	}

	static ClusterScan parse(BigInteger cursor) {
		byte[] bytes = cursor.toByteArray();
		// Positive numbers may begin with a byte for their sign.
		int start = (bytes[0] == 0) ? 1 : 0;
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, start, bytes.length - start))) {
			Phase phase = Phase.values()[in.readUnsignedByte() - 1];
			boolean watched = in.readBoolean();
			int slot = in.readUnsignedShort();
			if (slot >= CommandKeys.SLOTS) {
				throw invalid(null);
			}
			return new ClusterScan(phase, watched, slot, in.readUnsignedShort(), in.readLong(), SlotSet.read(in),
					SlotSet.read(in), SlotSet.read(in), SlotSet.read(in), new BigInteger(1, in.readAllBytes()));
		}
		catch (IOException | IndexOutOfBoundsException ex) {
			throw invalid(ex);
		}
	}

	// In the words of Redis.
	private static JedisDataException invalid(@Nullable Exception cause) {
		return new JedisDataException("ERR invalid cursor", cause);
	}

	byte[] encode() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(this.phase.ordinal() + 1);
			out.writeBoolean(this.watched);
			out.writeShort(this.slot);
			out.writeShort(this.rounds);
			out.writeLong(this.epoch);
			SlotSet.write(this.part, out);
			SlotSet.write(this.leaving, out);
			SlotSet.write(this.done, out);
			SlotSet.write(this.left, out);
			out.write(this.page.toByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new BigInteger(1, bytes.toByteArray()).toString().getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * What comes next.
	 */
	enum Phase {

		/**
		 * The first page of a shard.
		 */
		BEGIN,

		/**
		 * A further page of a shard.
		 */
		RUN,

		/**
		 * The shard has no more keys: find out which of its slots are done.
		 */
		END

	}

}
