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
 * A cursor that leads {@code SCAN} through one independent server after the other. To the
 * caller it is a number like any other cursor: the cursor of the server times 16384, the
 * most servers that a client can have, plus the position of the server. Zero is the start
 * and the end, as in Redis.
 *
 * @param node position of the server
 * @param cursor the cursor of that server
 */
record ScanCursor(int node, BigInteger cursor) {

	private static final BigInteger NODES = BigInteger.valueOf(CommandKeys.SLOTS);

	private static final ScanCursor DONE = new ScanCursor(0, BigInteger.ZERO);

	static ScanCursor parse(byte[] text) {
		BigInteger[] parts = ScanPage.number(text).divideAndRemainder(NODES);
		return new ScanCursor(parts[1].intValue(), parts[0]);
	}

	/**
	 * Return the command for the next server. One that is ejected is skipped, unless its
	 * keys were already being scanned: then the command fails, since the rest of them
	 * would be missing.
	 * @param arguments the command
	 * @param servers the servers, always in the same order
	 * @param inUse which of them are not ejected
	 * @return the command for the next server, or none if all are done
	 */
	static CommandParts parts(CommandArguments arguments, List<Node> servers, Predicate<Node> inUse) {
		ScanCursor start = parse(arguments.get(1).getRaw());
		int node = Math.min(start.node(), servers.size() - 1);
		BigInteger cursor = start.cursor();
		while (cursor.signum() == 0 && !inUse.test(servers.get(node))) {
			if (++node == servers.size()) {
				return new CommandParts(List.of(), (replies) -> List.of(DONE.encode(), List.of()));
			}
		}
		return parts(arguments, servers, node, cursor);
	}

	private static CommandParts parts(CommandArguments arguments, List<Node> servers, int node, BigInteger cursor) {
		return new CommandParts(List
			.of(new NodeBoundCommand<>(RawCommand.of(ScanPage.from(arguments, cursor)), servers.get(node).address())),
				(replies) -> proceed(replies.get(0), node, servers.size()));
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
