package io.github.hotplate.crossslot;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.topology.Node;

/**
 * A cursor that leads {@code SCAN} through one primary after the other. To the caller it
 * is a number like any other cursor: the cursor of the node times 16384, the most
 * primaries that a cluster can have, plus the position of the node. Zero is the start and
 * the end, as in Redis.
 *
 * @param node position of the node among the primaries
 * @param cursor the cursor of that node
 */
record ScanCursor(int node, BigInteger cursor) {

	private static final BigInteger NODES = BigInteger.valueOf(CommandKeys.SLOTS);

	private static final ScanCursor DONE = new ScanCursor(0, BigInteger.ZERO);

	static ScanCursor parse(byte[] text) {
		BigInteger[] parts = new BigInteger(new String(text, StandardCharsets.US_ASCII)).divideAndRemainder(NODES);
		return new ScanCursor(parts[1].intValue(), parts[0]);
	}

	static CommandParts parts(CommandArguments arguments, List<Node> primaries) {
		return parts(arguments, primaries, (primary) -> true);
	}

	/**
	 * Return the command for the next primary.
	 * @param arguments the command
	 * @param primaries the primaries, in a stable order
	 * @param inUse which of them to scan; the others are skipped
	 * @return the command for the next primary, or none if all are done
	 */
	static CommandParts parts(CommandArguments arguments, List<Node> primaries, Predicate<Node> inUse) {
		ScanCursor start = parse(arguments.get(1).getRaw());
		// A primary may have left since the cursor was handed out.
		int node = Math.min(start.node(), primaries.size() - 1);
		BigInteger cursor = start.cursor();
		while (!inUse.test(primaries.get(node))) {
			if (++node == primaries.size()) {
				return new CommandParts(List.of(), (replies) -> List.of(DONE.encode(), List.of()));
			}
			cursor = BigInteger.ZERO;
		}
		return parts(arguments, primaries, node, cursor);
	}

	private static CommandParts parts(CommandArguments arguments, List<Node> primaries, int node, BigInteger cursor) {
		CommandArguments scan = new CommandArguments(arguments.getCommand()).add(cursor.toString());
		for (int i = 2; i < arguments.size(); i++) {
			scan.add(arguments.get(i));
		}
		return new CommandParts(List.of(new NodeBoundCommand<>(RawCommand.of(scan), primaries.get(node).address())),
				(replies) -> proceed(replies.get(0), node, primaries.size()));
	}

	private static List<Object> proceed(@Nullable Object reply, int node, int nodes) {
		List<Object> page = new ArrayList<>((List<?>) reply);
		BigInteger cursor = new BigInteger(new String((byte[]) page.get(0), StandardCharsets.US_ASCII));
		boolean nodeDone = cursor.signum() == 0;
		boolean allDone = nodeDone && node == nodes - 1;
		ScanCursor next = allDone ? DONE : new ScanCursor(nodeDone ? node + 1 : node, cursor);
		page.set(0, next.encode());
		return page;
	}

	private byte[] encode() {
		return this.cursor.multiply(NODES)
			.add(BigInteger.valueOf(this.node))
			.toString()
			.getBytes(StandardCharsets.US_ASCII);
	}

}
