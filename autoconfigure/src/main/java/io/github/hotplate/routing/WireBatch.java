package io.github.hotplate.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.topology.Shard;

/**
 * Many commands on their way to many nodes, on the caller's thread: all are written to
 * all nodes before the first reply is read, so that the nodes work at the same time.
 * <p>
 * A connection is waited for only while none is held. Nodes for which none is free at
 * once wait for the next round, when the connections of this one are back; two batches
 * can therefore never wait for each other (jedis#4557).
 */
final class WireBatch {

	/**
	 * Commands written to a node before their replies are read: enough to hide the round
	 * trip, few enough to bound the memory that replies take on either side.
	 */
	private static final int CHUNK = 1_000;

	private static final Comparator<HostAndPort> NODE_ORDER = Comparator.comparing(HostAndPort::getHost)
		.thenComparingInt(HostAndPort::getPort);

	private final NodeSelector selector;

	private final KeySlots slots;

	private final NodeConnectionProvider connections;

	private final CommandRouter router;

	private final List<CommandObject<?>> source;

	private final WireCommand[] commands;

	private final @Nullable Object[] replies;

	/**
	 * How often each command was sent on to another node.
	 */
	private final int[] moves;

	/**
	 * One node for all reads of a shard: each further one would cost a round trip.
	 */
	private final Map<Shard, HostAndPort> readers = new IdentityHashMap<>();

	private final Map<HostAndPort, Deque<Request>> pending = new HashMap<>();

	private @Nullable ConnectionPoolExhaustedException exhausted;

	WireBatch(NodeSelector selector, KeySlots slots, NodeConnectionProvider connections, CommandRouter router,
			List<CommandObject<?>> commands) {
		this.selector = selector;
		this.slots = slots;
		this.connections = connections;
		this.router = router;
		this.source = commands;
		this.commands = new WireCommand[commands.size()];
		this.replies = new Object[commands.size()];
		this.moves = new int[commands.size()];
	}

	/**
	 * Send the commands and collect the replies.
	 * @return one element a command, in their order: the reply, or the exception that
	 * took its place
	 */
	List<@Nullable Object> run() {
		// Commands of one key run in their order as long as one node sees them.
		NodeSelector nodes = this.selector.snapshot();
		for (int i = 0; i < this.commands.length; i++) {
			enqueueFirst(i, nodes);
		}
		while (!this.pending.isEmpty()) {
			round();
		}
		return Arrays.asList(this.replies);
	}

	private void enqueueFirst(int index, NodeSelector nodes) {
		try {
			this.commands[index] = WireCommand.of(this.source.get(index), this.slots);
			enqueue(target(this.commands[index], nodes), new Request(index, false));
		}
		catch (DataAccessException ex) {
			this.replies[index] = ex;
		}
	}

	private HostAndPort target(WireCommand command, NodeSelector nodes) {
		if (command.node() != null) {
			return command.node();
		}
		if (command.slot() == CommandKeys.NO_SLOT) {
			return nodes.anyPrimary();
		}
		Shard shard = nodes.shardOf(command.slot());
		return command.readOnly() ? this.readers.computeIfAbsent(shard, nodes::readerOf) : shard.primary().address();
	}

	private void enqueue(HostAndPort node, Request request) {
		this.pending.computeIfAbsent(node, (key) -> new ArrayDeque<>()).add(request);
	}

	private void round() {
		Map<PooledConnection, List<Request>> sent = new LinkedHashMap<>();
		try {
			for (HostAndPort node : this.pending.keySet().stream().sorted(NODE_ORDER).toList()) {
				PooledConnection connection = borrow(node, sent.isEmpty());
				if (connection != null) {
					sent.put(connection, take(node, CHUNK));
				}
			}
			sent.forEach(this::write);
			sent.forEach(this::read);
		}
		catch (RuntimeException | Error ex) {
			// What is left unread on the connections would answer the next command.
			sent.keySet().forEach(PooledConnection::setBroken);
			throw ex;
		}
		finally {
			sent.keySet().forEach(PooledConnection::close);
		}
	}

	// Who has waited in vain for one node does not wait for the next.
	private @Nullable PooledConnection borrow(HostAndPort node, boolean mayWait) {
		try {
			if (mayWait && this.exhausted == null) {
				return this.connections.borrow(node);
			}
			PooledConnection connection = this.connections.tryBorrow(node);
			if (connection == null && mayWait && this.exhausted != null) {
				throw this.exhausted;
			}
			return connection;
		}
		catch (DataAccessException | JedisException ex) {
			if (ex instanceof ConnectionPoolExhaustedException reason) {
				this.exhausted = reason;
			}
			else {
				this.connections.noteFailure(node, ex);
			}
			take(node, Integer.MAX_VALUE).forEach((request) -> fail(request, node, ex));
			return null;
		}
	}

	private List<Request> take(HostAndPort node, int most) {
		Deque<Request> queue = this.pending.getOrDefault(node, new ArrayDeque<>());
		List<Request> taken = new ArrayList<>();
		while (taken.size() < most && !queue.isEmpty()) {
			taken.add(queue.remove());
		}
		if (queue.isEmpty()) {
			this.pending.remove(node);
		}
		return taken;
	}

	private void write(PooledConnection connection, List<Request> requests) {
		try {
			for (Request request : requests) {
				if (request.asking()) {
					connection.sendCommand(Command.ASKING);
				}
				connection.sendCommand(this.commands[request.index()].arguments());
			}
			connection.flushRequests();
		}
		catch (JedisConnectionException ex) {
			// The connection is broken, and reading from it gives each request its
			// failure.
			connection.setBroken();
		}
	}

	private void read(PooledConnection connection, List<Request> requests) {
		HostAndPort node = connection.pool().address();
		boolean lost = false;
		boolean answered = false;
		for (Request request : requests) {
			try {
				this.replies[request.index()] = reply(connection, request.asking());
				answered = true;
			}
			catch (JedisRedirectionException ex) {
				answered = true;
				redirect(request, ex, node);
			}
			catch (JedisDataException ex) {
				answered = true;
				fail(request, node, this.router.refusal(node, ex));
			}
			catch (JedisException ex) {
				if (!lost) {
					lost = true;
					this.connections.noteFailure(node, ex);
				}
				fail(request, node, ex);
			}
		}
		if (answered && !lost) {
			this.connections.noteAnswer(node);
		}
	}

	// Two replies come for what was asked for, even where ASKING is refused.
	private static @Nullable Object reply(PooledConnection connection, boolean asking) {
		JedisDataException refusal = asking ? refusalOfAsking(connection) : null;
		try {
			return connection.getUnflushedObject();
		}
		catch (JedisRedirectionException ex) {
			// Following it would lead back to the node that said to ask. Any other reply
			// is the command's own, which may have run.
			throw (refusal != null) ? refusal : ex;
		}
	}

	private static @Nullable JedisDataException refusalOfAsking(PooledConnection connection) {
		try {
			connection.getUnflushedObject();
			return null;
		}
		catch (JedisDataException ex) {
			return ex;
		}
	}

	// Failures of nodes are noted where they are met, once for all commands that they
	// hit.
	private void fail(Request request, HostAndPort node, RuntimeException failure) {
		WireCommand command = this.commands[request.index()];
		boolean movable = command.readOnly() && CommandRouter.isReplicaFailure(failure) && mayMove(request.index());
		Shard shard = movable ? this.selector.findShard(command.slot()) : null;
		if (shard != null && !shard.primary().address().equals(node)) {
			enqueue(shard.primary().address(), request);
		}
		else {
			this.replies[request.index()] = failure;
		}
	}

	private void redirect(Request request, JedisRedirectionException redirection, HostAndPort from) {
		if (!mayMove(request.index())) {
			this.replies[request.index()] = redirection;
			return;
		}
		enqueue(this.router.follow(redirection, from),
				new Request(request.index(), redirection instanceof JedisAskDataException));
	}

	private boolean mayMove(int index) {
		return ++this.moves[index] <= CommandRouter.MAX_REDIRECTIONS;
	}

	/**
	 * A command that waits for its reply.
	 *
	 * @param index the position of the command
	 * @param asking whether the node is still importing the slot
	 */
	private record Request(int index, boolean asking) {

	}

}
