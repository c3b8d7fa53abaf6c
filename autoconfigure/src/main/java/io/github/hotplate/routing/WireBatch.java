package io.github.hotplate.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

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
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.command.ShardBoundCommand;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NoReplyException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.topology.ServerProcess;
import io.github.hotplate.topology.Shard;

/**
 * Sends many commands to many nodes on the caller's thread. It writes to all nodes before
 * it reads the first reply, so that the nodes work in parallel.
 * <p>
 * Commands of one key run in their order. If one of them may have to be sent again, those
 * after it are not sent: the retry advice sends them together. Only what is already on
 * its way to the node may still run.
 * <p>
 * A batch waits for a connection only while it holds none. If none is free for a node,
 * the node's turn is the next round, after this round has returned its connections, so
 * two batches can never wait for each other (jedis#4557).
 */
final class WireBatch {

	private final NodeSelector selector;

	private final KeySlots slots;

	private final NodeConnectionProvider connections;

	private final Refusals refusals;

	/**
	 * One node for all reads of a shard: each further one would cost a round trip.
	 */
	private final Map<Shard, HostAndPort> readers = new IdentityHashMap<>();

	private final WireQueue queue = new WireQueue();

	private final HeldUpCommands heldUp = new HeldUpCommands();

	private boolean ordered = true;

	private @Nullable HostAndPort anyPrimary;

	private @Nullable ConnectionPoolExhaustedException exhausted;

	/**
	 * Whether a node has not replied in time in this round.
	 */
	private boolean late;

	/**
	 * Whether a command has got its reply.
	 */
	private boolean served;

	/**
	 * Why commands were last sent to another node.
	 */
	private CallPart detour = CallPart.REDIRECTS;

	WireBatch(NodeSelector selector, KeySlots slots, NodeConnectionProvider connections, Refusals refusals) {
		this.selector = selector;
		this.slots = slots;
		this.connections = connections;
		this.refusals = refusals;
	}

	/**
	 * Send a pipeline and collect its replies. At most once.
	 * @param pipeline the commands
	 * @return one element per command, in their order: the reply, or an exception
	 */
	List<@Nullable Object> run(PipelineCommand pipeline) {
		this.ordered = pipeline.isOrdered();
		return run(pipeline.getCommands());
	}

	/**
	 * Send commands and collect their replies. At most once.
	 * @param commands the commands
	 * @return one element per command, in their order: the reply, or an exception
	 */
	List<@Nullable Object> run(List<CommandObject<?>> commands) {
		@Nullable Object[] replies = new Object[commands.size()];
		@Nullable PendingCommand[] sent = new PendingCommand[commands.size()];
		for (int i = 0; i < sent.length; i++) {
			try {
				sent[i] = new PendingCommand(i, WireCommand.of(commands.get(i), this.slots));
			}
			catch (DataAccessException ex) {
				replies[i] = ex;
			}
		}
		enqueue(sent);
		while (!this.queue.isEmpty()) {
			round();
		}
		for (int i = 0; i < sent.length; i++) {
			PendingCommand command = sent[i];
			if (command != null) {
				replies[i] = command.reply();
			}
		}
		return Arrays.asList(replies);
	}

	private void enqueue(@Nullable PendingCommand[] commands) {
		// Commands of one key keep their order while one node runs them.
		NodeSelector nodes = this.selector.snapshot();
		OwnWrites ownWrites = nodes.usesReplicas() ? OwnWrites.of(commands) : null;
		for (PendingCommand command : commands) {
			if (command == null) {
				continue;
			}
			try {
				aim(command, nodes, ownWrites);
				this.queue.add(command);
			}
			catch (DataAccessException ex) {
				giveUp(command, ex);
			}
		}
	}

	private void aim(PendingCommand pending, NodeSelector nodes, @Nullable OwnWrites ownWrites) {
		WireCommand command = pending.command();
		if (command.node() != null) {
			pending.aim(command.node(), false);
		}
		else if (command.command() instanceof ShardBoundCommand<?> bound) {
			pending.aim(nodes.nodeOf(bound), false);
		}
		else if (command.slot() == CommandKeys.NO_SLOT) {
			pending.aim(anyPrimary(nodes), false);
		}
		else {
			Shard shard = nodes.shardOf(command.slot());
			HostAndPort primary = shard.primary().address();
			HostAndPort node = (ownWrites != null && command.replicable() && !ownWrites.touch(pending))
					? this.readers.computeIfAbsent(shard, nodes::readerOf) : primary;
			pending.aim(node, !node.equals(primary));
		}
	}

	// One for all, so that messages to one channel keep their order.
	private HostAndPort anyPrimary(NodeSelector nodes) {
		HostAndPort node = this.anyPrimary;
		if (node == null) {
			node = nodes.anyPrimary();
			this.anyPrimary = node;
		}
		return node;
	}

	private void round() {
		boolean redirected = this.queue.hasRedirected();
		CallPart reason = (redirected && this.served) ? this.detour : CallPart.SERVER;
		CallRecord.lap(CallPart.SERVER);
		SortedMap<HostAndPort, List<PendingCommand>> lots = this.queue.next();
		Map<PooledConnection, List<PendingCommand>> sent = new LinkedHashMap<>();
		try {
			lots.forEach((node, commands) -> {
				List<PendingCommand> lot = withoutHeldUp(commands);
				if (this.connections.isMoving(node)) {
					this.queue.putBack(node, Refusable.takeFollowers(lot), redirected);
				}
				PooledConnection connection = lot.isEmpty() ? null : borrow(node, sent.isEmpty(), lot);
				if (connection != null) {
					sent.put(connection, lot);
				}
				else {
					this.queue.putBack(node, lot, redirected);
				}
			});
			sent.forEach(this::write);
			this.late = false;
			read(sent);
		}
		catch (RuntimeException | Error ex) {
			// Unread replies on the connections would answer the next command.
			sent.keySet().forEach(PooledConnection::setBroken);
			throw ex;
		}
		finally {
			sent.keySet().forEach(PooledConnection::close);
			noteTime(reason);
		}
	}

	private void noteTime(CallPart reason) {
		if (reason != CallPart.SERVER) {
			CallRecord.lap(reason);
		}
		else if (this.served) {
			CallRecord.served();
		}
		else {
			CallRecord.lap(this.queue.hasRedirected() ? this.detour : CallPart.SERVER);
		}
	}

	// A batch that timed out waiting for one node does not wait for the next.
	private @Nullable PooledConnection borrow(HostAndPort node, boolean mayWait, List<PendingCommand> lot) {
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
			lot.forEach((command) -> fail(command, node, ex));
			lot.clear();
			this.queue.take(node, Integer.MAX_VALUE).forEach((command) -> fail(command, node, ex));
			return null;
		}
	}

	private List<PendingCommand> withoutHeldUp(List<PendingCommand> commands) {
		if (this.heldUp.isEmpty()) {
			return commands;
		}
		List<PendingCommand> lot = new ArrayList<>(commands.size());
		for (PendingCommand command : commands) {
			NodeUnreachableException reason = this.heldUp.reasonFor(command);
			if (reason != null) {
				giveUp(command, reason);
			}
			else {
				lot.add(command);
			}
		}
		return lot;
	}

	private void write(PooledConnection connection, List<PendingCommand> commands) {
		try {
			if (commands.stream().anyMatch((command) -> command.command().spec().cursor())) {
				// Asked before anything is written, since it needs a round trip.
				ServerProcess.of(connection);
			}
			if (commands.stream().anyMatch((command) -> command.arguments().isBlocking())) {
				connection.prepareToWait();
			}
			for (PendingCommand command : commands) {
				if (command.asking()) {
					connection.sendCommand(Command.ASKING);
				}
				connection.sendCommand(command.command().spec().cursor()
						? CursorPage.adopt(command.arguments(), connection) : command.arguments());
			}
			connection.flushRequests();
		}
		catch (JedisConnectionException ex) {
			// The connection is broken, and reading from it fails each command.
			connection.setBroken();
		}
	}

	private void read(Map<PooledConnection, List<PendingCommand>> sent) {
		if (sent.size() == 1) {
			sent.forEach(this::read);
			return;
		}
		CallRecord.lap(CallPart.SERVER);
		sent.forEach((connection, commands) -> {
			read(connection, commands);
			CallRecord.replied(connection.address(), connection.peer());
		});
	}

	private void read(PooledConnection connection, List<PendingCommand> commands) {
		if (this.late) {
			// It has had as much time as the node that was waited for.
			connection.hurry();
		}
		@Nullable JedisException[] failures = null;
		for (int i = 0; i < commands.size(); i++) {
			PendingCommand command = commands.get(i);
			try {
				command.complete(reply(connection, command));
				this.served = true;
			}
			catch (JedisException ex) {
				failures = (failures != null) ? failures : new JedisException[commands.size()];
				failures[i] = ex;
			}
			catch (DataAccessException ex) {
				// Redis has let it go, since nobody waits for it anymore.
				command.complete(ex);
			}
		}
		boolean answered = failures == null || settle(connection, commands, failures);
		if (answered) {
			this.connections.noteAnswer(connection.address());
			if (this.late) {
				connection.rollbackTimeout();
			}
		}
	}

	// Returns whether all commands were answered.
	private boolean settle(PooledConnection connection, List<PendingCommand> commands,
			@Nullable JedisException[] failures) {
		HostAndPort node = connection.address();
		LastRuns lastRuns = LastRuns.of(commands, failures);
		boolean lost = false;
		RuntimeException turnedAway = null;
		for (int i = 0; i < failures.length; i++) {
			PendingCommand command = commands.get(i);
			JedisException error = failures[i];
			if (error instanceof JedisDataException reply) {
				RuntimeException failure = this.refusals.failureOf(connection, reply, command.arguments(),
						command.asking());
				turnedAway = (failure instanceof NodeUnreachableException) ? failure : null;
				if (failure instanceof JedisRedirectionException redirection) {
					redirect(command, redirection, node, lastRuns);
				}
				else {
					fail(command, node, failure);
				}
			}
			else if (error != null) {
				if (!lost) {
					lost = true;
					this.late |= error instanceof NoReplyException;
					this.connections.noteFailure(node, error);
				}
				// A server that turns a connection away reads nothing of it.
				fail(command, node, (turnedAway != null) ? turnedAway : error);
			}
		}
		return !lost;
	}

	// A command with ASKING gets two replies, even if ASKING is refused.
	private static @Nullable Object reply(PooledConnection connection, PendingCommand command) {
		JedisDataException refusal = command.asking() ? refusalOfAsking(connection) : null;
		try {
			Object reply = command.arguments().isBlocking() ? connection.awaitReply(command.arguments())
					: connection.getUnflushedObject();
			return command.command().spec().cursor() ? CursorPage.seal(reply, connection, command.command().command())
					: reply;
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

	// Failures of nodes are noted where they occur, once for all affected commands. A
	// read that the primary may have run is not run elsewhere: later writes may have run.
	private void fail(PendingCommand command, HostAndPort node, RuntimeException failure) {
		boolean movable = command.command().replicable() && Refusals.isReplicaFailure(failure)
				&& !this.connections.isSlow(node, failure)
				&& (command.isAtReplica() || failure instanceof NodeUnreachableException)
				&& this.heldUp.reasonFor(command) == null;
		Shard shard = movable ? this.selector.findShard(command.slot()) : null;
		HostAndPort primary = (shard != null) ? shard.primary().address() : node;
		if (!primary.equals(node) && command.move(primary, false)) {
			this.detour = CallPart.RETRIES;
			this.queue.addRedirected(command);
		}
		else {
			giveUp(command, failure);
		}
	}

	private void redirect(PendingCommand command, JedisRedirectionException redirection, HostAndPort from,
			LastRuns lastRuns) {
		HostAndPort target = Redirections.target(redirection, from);
		if (target != null && this.heldUp.reasonFor(command) == null && !(this.ordered && lastRuns.overtook(command))
				&& command.move(target, redirection instanceof JedisAskDataException)) {
			CallRecord.redirected(redirection instanceof JedisAskDataException);
			this.detour = CallPart.REDIRECTS;
			this.queue.addRedirected(command);
		}
		else {
			giveUp(command, redirection);
		}
	}

	private void giveUp(PendingCommand command, RuntimeException failure) {
		command.complete(failure);
		if (this.ordered && Refusals.mayPass(failure)) {
			this.heldUp.add(command, failure);
		}
	}

}
