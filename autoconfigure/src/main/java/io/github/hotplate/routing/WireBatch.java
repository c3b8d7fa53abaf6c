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
import io.github.hotplate.execution.NoReplyException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.topology.Shard;

/**
 * Sends many commands to many nodes on the caller's thread. It writes to all nodes before
 * it reads the first reply, so that the nodes work in parallel.
 * <p>
 * A batch waits for a connection only while it holds none. If none is free for a node,
 * the node's turn is the next round, after this round has returned its connections, so
 * two batches can never wait for each other (jedis#4557).
 */
final class WireBatch {

	/**
	 * Number of commands written to a node before their replies are read: enough to hide
	 * the round trip, few enough to bound the memory for replies on both sides.
	 */
	private static final int CHUNK = 1_000;

	private static final Comparator<HostAndPort> NODE_ORDER = Comparator.comparing(HostAndPort::getHost)
		.thenComparingInt(HostAndPort::getPort);

	private final NodeSelector selector;

	private final KeySlots slots;

	private final NodeConnectionProvider connections;

	private final Refusals refusals;

	/**
	 * One node for all reads of a shard: each further one would cost a round trip.
	 */
	private final Map<Shard, HostAndPort> readers = new IdentityHashMap<>();

	private final Map<HostAndPort, Deque<PendingCommand>> pending = new HashMap<>();

	private @Nullable ConnectionPoolExhaustedException exhausted;

	/**
	 * Whether a node has not replied in time in this round.
	 */
	private boolean late;

	WireBatch(NodeSelector selector, KeySlots slots, NodeConnectionProvider connections, Refusals refusals) {
		this.selector = selector;
		this.slots = slots;
		this.connections = connections;
		this.refusals = refusals;
	}

	/**
	 * Send commands and collect their replies. At most once.
	 * @param commands the commands
	 * @return one element per command, in their order: the reply, or an exception
	 */
	List<@Nullable Object> run(List<CommandObject<?>> commands) {
		// Commands of one key keep their order while one node runs them.
		NodeSelector nodes = this.selector.snapshot();
		@Nullable Object[] replies = new Object[commands.size()];
		PendingCommand[] sent = new PendingCommand[commands.size()];
		for (int i = 0; i < sent.length; i++) {
			try {
				PendingCommand command = new PendingCommand(WireCommand.of(commands.get(i), this.slots));
				enqueue(target(command, nodes), command);
				sent[i] = command;
			}
			catch (DataAccessException ex) {
				replies[i] = ex;
			}
		}
		while (!this.pending.isEmpty()) {
			round();
		}
		for (int i = 0; i < sent.length; i++) {
			if (sent[i] != null) {
				replies[i] = sent[i].reply();
			}
		}
		return Arrays.asList(replies);
	}

	private HostAndPort target(PendingCommand command, NodeSelector nodes) {
		HostAndPort node = command.node();
		if (node != null) {
			return node;
		}
		if (command.slot() == CommandKeys.NO_SLOT) {
			return nodes.anyPrimary();
		}
		Shard shard = nodes.shardOf(command.slot());
		return command.readOnly() ? this.readers.computeIfAbsent(shard, nodes::readerOf) : shard.primary().address();
	}

	private void enqueue(HostAndPort node, PendingCommand command) {
		this.pending.computeIfAbsent(node, (key) -> new ArrayDeque<>()).add(command);
	}

	private void round() {
		Map<PooledConnection, List<PendingCommand>> sent = new LinkedHashMap<>();
		try {
			for (HostAndPort node : this.pending.keySet().stream().sorted(NODE_ORDER).toList()) {
				PooledConnection connection = borrow(node, sent.isEmpty());
				if (connection != null) {
					sent.put(connection, take(node, CHUNK));
				}
			}
			sent.forEach(this::write);
			this.late = false;
			sent.forEach(this::read);
		}
		catch (RuntimeException | Error ex) {
			// Unread replies on the connections would answer the next command.
			sent.keySet().forEach(PooledConnection::setBroken);
			throw ex;
		}
		finally {
			sent.keySet().forEach(PooledConnection::close);
		}
	}

	// A batch that timed out waiting for one node does not wait for the next.
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
			take(node, Integer.MAX_VALUE).forEach((command) -> fail(command, node, ex));
			return null;
		}
	}

	private List<PendingCommand> take(HostAndPort node, int most) {
		Deque<PendingCommand> queue = this.pending.getOrDefault(node, new ArrayDeque<>());
		List<PendingCommand> taken = new ArrayList<>();
		while (taken.size() < most && !queue.isEmpty()) {
			taken.add(queue.remove());
		}
		if (queue.isEmpty()) {
			this.pending.remove(node);
		}
		return taken;
	}

	private void write(PooledConnection connection, List<PendingCommand> commands) {
		try {
			for (PendingCommand command : commands) {
				if (command.asking()) {
					connection.sendCommand(Command.ASKING);
				}
				connection.sendCommand(command.arguments());
			}
			connection.flushRequests();
		}
		catch (JedisConnectionException ex) {
			// The connection is broken, and reading from it fails each command.
			connection.setBroken();
		}
	}

	private void read(PooledConnection connection, List<PendingCommand> commands) {
		HostAndPort node = connection.address();
		boolean lost = false;
		boolean answered = false;
		RuntimeException turnedAway = null;
		if (this.late) {
			// It has had as much time as the node that was waited for.
			connection.hurry();
		}
		for (PendingCommand command : commands) {
			try {
				command.complete(reply(connection, command));
				answered = true;
			}
			catch (JedisDataException ex) {
				answered = true;
				RuntimeException failure = this.refusals.failureOf(node, ex, command.arguments());
				turnedAway = (failure instanceof NodeUnreachableException) ? failure : null;
				fail(command, node, failure);
			}
			catch (JedisException ex) {
				if (!lost) {
					lost = true;
					this.late |= ex instanceof NoReplyException;
					this.connections.noteFailure(node, ex);
				}
				// A server that turns a connection away reads nothing of it.
				fail(command, node, (turnedAway != null) ? turnedAway : ex);
			}
		}
		if (answered && !lost) {
			this.connections.noteAnswer(node);
			if (this.late) {
				connection.rollbackTimeout();
			}
		}
	}

	// A command with ASKING gets two replies, even if ASKING is refused.
	private static @Nullable Object reply(PooledConnection connection, PendingCommand command) {
		JedisDataException refusal = command.asking() ? refusalOfAsking(connection) : null;
		try {
			return command.arguments().isBlocking() ? connection.awaitReply(command.arguments())
					: connection.getUnflushedObject();
		}
		catch (JedisRedirectionException ex) {
			// Following it would lead back to the node that replied ASK. Any other reply
			// belongs to the command, which may have run.
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

	// Failures of nodes are noted where they occur, once for all affected commands.
	private void fail(PendingCommand command, HostAndPort node, RuntimeException failure) {
		if (failure instanceof JedisRedirectionException redirection) {
			redirect(command, redirection, node);
			return;
		}
		boolean movable = command.readOnly() && Refusals.isReplicaFailure(failure) && command.move(command.asking());
		Shard shard = movable ? this.selector.findShard(command.slot()) : null;
		if (shard != null && !shard.primary().address().equals(node)) {
			enqueue(shard.primary().address(), command);
		}
		else {
			command.complete(failure);
		}
	}

	private void redirect(PendingCommand command, JedisRedirectionException redirection, HostAndPort from) {
		HostAndPort target = Redirections.target(redirection, from);
		if (target != null && command.move(redirection instanceof JedisAskDataException)) {
			enqueue(target, command);
		}
		else {
			command.complete(redirection);
		}
	}

}
