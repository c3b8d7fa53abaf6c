package io.github.hotplate.crossslot;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.ClusterKeyword;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.command.ShardBoundCommand;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.Topology;

/**
 * {@code SCAN} over the primaries of a cluster, one after the other. Every key that is
 * there from the beginning to the end is returned at least once, although slots move and
 * nodes fail, join and leave meanwhile.
 * <p>
 * A slot counts as done when one node has served it from the first to the last page of
 * its keys. A node is asked for its slots before and after, and with every page if it
 * took over slots meanwhile, since one of them may have left and come back. If a cursor
 * is lost with its node, the shard's successor begins again. A slot that another node is
 * taking over is done when that node's keys were returned as well, afterwards: its keys
 * move one way. Shards that were scanned are scanned again for slots that they got later.
 */
final class ClusterScanner {

	/**
	 * How many shards may be scanned in a row for no slot: enough for topologies that
	 * change meanwhile, and few enough to give up a slot that never settles.
	 */
	private static final int MOST_ROUNDS = 100;

	/**
	 * Cursors of a node carry its process in their lower 32 bits.
	 */
	private static final int PROCESS_BITS = 32;

	private final String client;

	private final Supplier<Topology> topology;

	private final Runnable refresh;

	/**
	 * Create a scanner.
	 * @param client the name of the client
	 * @param topology the topology of the moment
	 * @param refresh learns the topology now
	 */
	ClusterScanner(String client, Supplier<Topology> topology, Runnable refresh) {
		this.client = client;
		this.topology = topology;
		this.refresh = refresh;
	}

	/**
	 * Return the commands for the next page.
	 * @param arguments the scan
	 * @return the commands, all for one shard
	 */
	CommandParts parts(CommandArguments arguments) {
		BigInteger cursor = ScanPage.number(arguments.get(1).getRaw());
		Topology current = this.topology.get();
		ClusterScan scan = (cursor.signum() == 0) ? ClusterScan.begin(first(current), new BitSet(), new BitSet(), 0)
				: ClusterScan.parse(cursor);
		Shard shard = current.shardOf(scan.slot());
		if (shard == null) {
			throw down("No node of client '" + this.client + "' serves slot " + scan.slot() + ". Check CLUSTER SLOTS");
		}
		return switch (scan.phase()) {
			case BEGIN -> new CommandParts(List.of(nodes(shard), page(arguments, BigInteger.ZERO, shard)),
					(replies) -> begun(scan, shard, replies), true);
			case RUN -> new CommandParts(
					scan.watched() ? List.of(nodes(shard), page(arguments, scan.page(), shard))
							: List.of(page(arguments, scan.page(), shard)),
					(replies) -> continued(scan, shard, replies), true);
			case END -> new CommandParts(List.of(nodes(shard)), (replies) -> ended(scan, shard, replies.get(0)), true);
		};
	}

	private int first(Topology current) {
		int first = nextSlot(current, new BitSet());
		if (first < 0) {
			throw down("Client '" + this.client + "' has not connected to Redis yet");
		}
		return first;
	}

	private ClusterDownException down(String reason) {
		return new ClusterDownException(reason, null);
	}

	private static CommandObject<?> nodes(Shard shard) {
		return Broadcast.bound(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.NODES), shard);
	}

	private static CommandObject<?> page(CommandArguments arguments, BigInteger cursor, Shard shard) {
		return new ShardBoundCommand.Page(RawCommand.of(ScanPage.from(arguments, cursor)), Broadcast.nodes(shard),
				shard.slots().get(0).first());
	}

	private Object begun(ClusterScan scan, Shard shard, List<@Nullable Object> replies) {
		if (isFailure(replies.get(0)) || !(replies.get(1) instanceof List<?> page)) {
			return failure(replies);
		}
		BigInteger cursor = cursor(page);
		return reply(page, scan.done(), scan.begun(OwnSlots.of(replies.get(0), shard), cursor, hasEnded(cursor)));
	}

	private Object continued(ClusterScan scan, Shard shard, List<@Nullable Object> replies) {
		if (!(replies.get(replies.size() - 1) instanceof List<?> page)
				|| (scan.watched() && isFailure(replies.get(0)))) {
			return failure(replies);
		}
		BigInteger cursor = cursor(page);
		if (!process(cursor).equals(process(scan.page()))) {
			// Another process has started from the beginning, and may serve other slots.
			return reply(page, scan.done(), scan.again(scan.watched()));
		}
		ClusterScan seen = scan.watched() ? scan.seen(OwnSlots.of(replies.get(0), shard)) : scan;
		return reply(page, scan.done(), seen.continued(cursor, hasEnded(cursor)));
	}

	private Object ended(ClusterScan scan, Shard shard, @Nullable Object nodes) {
		if (isFailure(nodes)) {
			return failure(Collections.singletonList(nodes));
		}
		OwnSlots own = OwnSlots.of(nodes, shard);
		if (!scan.watched() && own.epoch() != scan.epoch() && scan.rounds() < MOST_ROUNDS) {
			// A slot may have left and come back, and nobody knows which.
			return page(scan.again(true).encode(), List.of());
		}
		BitSet done = (BitSet) scan.done().clone();
		done.or(SlotSet.common(scan.part(), own.settled()));
		done.or(SlotSet.common(scan.left(), own.taken()));
		boolean progress = done.cardinality() > scan.done().cardinality();
		if (!progress) {
			refreshTopology();
		}
		ClusterScan next = next(scan, own, done, progress ? 0 : scan.rounds() + 1);
		return page((next != null) ? next.encode() : new byte[] { '0' }, List.of());
	}

	private @Nullable ClusterScan next(ClusterScan scan, OwnSlots own, BitSet done, int rounds) {
		Topology current = this.topology.get();
		int slot = nextSlot(current, done);
		if (slot < 0) {
			return null;
		}
		if (rounds >= MOST_ROUNDS) {
			throw down("SCAN of client '" + this.client + "' cannot end, since slot " + slot
					+ " keeps moving. Finish its migration, for example with redis-cli --cluster fix");
		}
		BitSet leaving = (BitSet) scan.leaving().clone();
		if (!scan.watched()) {
			leaving.or(scan.part());
		}
		leaving.andNot(done);
		for (Map.Entry<Integer, String> move : own.migrating().entrySet()) {
			Shard target = leaving.get(move.getKey()) ? shardOf(current, move.getValue()) : null;
			if (target != null) {
				BitSet left = new BitSet();
				own.migrating()
					.forEach((moving, id) -> left.set(moving, id.equals(move.getValue()) && leaving.get(moving)));
				return ClusterScan.begin(target.slots().get(0).first(), done, left, rounds);
			}
		}
		return ClusterScan.begin(slot, done, new BitSet(), rounds);
	}

	private static int nextSlot(Topology topology, BitSet done) {
		for (int slot = done.nextClearBit(0); slot < CommandKeys.SLOTS; slot = done.nextClearBit(slot + 1)) {
			if (topology.shardOf(slot) != null) {
				return slot;
			}
		}
		return -1;
	}

	private static @Nullable Shard shardOf(Topology topology, String id) {
		return topology.shards().stream().filter((shard) -> shard.primary().id().equals(id)).findFirst().orElse(null);
	}

	private void refreshTopology() {
		try {
			this.refresh.run();
		}
		catch (DataAccessException ex) {
			// The scan goes on with what is known, and comes back here if that is wrong.
		}
	}

	// Keys of slots that are done need not be returned once more.
	private static Object reply(List<?> page, BitSet done, ClusterScan next) {
		List<?> keys = (List<?>) page.get(1);
		return page(next.encode(),
				done.isEmpty() ? keys : keys.stream().filter((key) -> !done.get(CommandKeys.slot(key))).toList());
	}

	private static List<Object> page(byte[] cursor, List<?> keys) {
		return List.of(cursor, keys);
	}

	// A user who may not ask which slots a node serves relies on the topology.
	private static boolean isFailure(@Nullable Object reply) {
		return reply instanceof RuntimeException failure && !ErrorReply.of(failure).isNeverAnswered();
	}

	private static RuntimeException failure(List<@Nullable Object> replies) {
		for (Object reply : replies) {
			if (reply instanceof RuntimeException failure) {
				return failure;
			}
		}
		return new JedisDataException("ERR SCAN got no page of keys");
	}

	private static BigInteger cursor(List<?> page) {
		return new BigInteger(new String((byte[]) page.get(0), StandardCharsets.US_ASCII));
	}

	private static boolean hasEnded(BigInteger cursor) {
		return cursor.shiftRight(PROCESS_BITS).signum() == 0;
	}

	private static BigInteger process(BigInteger cursor) {
		return cursor.mod(BigInteger.ONE.shiftLeft(PROCESS_BITS));
	}

}
