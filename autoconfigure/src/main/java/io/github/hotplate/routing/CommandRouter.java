package io.github.hotplate.routing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

import io.github.hotplate.command.BlockingCommands;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.ConnectionBoundCommand;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.command.ShardBoundCommand;
import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.command.WatchCommand;
import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.execution.NothingSentException;
import io.github.hotplate.execution.SpecifiedCommandExecutor;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.topology.Shard;

/**
 * Sends each command to the nodes responsible for it, and follows redirections. One call
 * is one attempt; retries are up to the retry advice.
 *
 * @see <a href=
 * "https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/"> Redis
 * Cluster specification</a>
 */
public final class CommandRouter implements SpecifiedCommandExecutor {

	private final KeySlots slots;

	private final NodeSelector selector;

	private final NodeConnectionProvider connections;

	private final Refusals refusals;

	private final LongWaits waits;

	public CommandRouter(String client, KeySlots slots, NodeSelector selector, NodeConnectionProvider connections,
			Recoveries recoveries) {
		this.slots = slots;
		this.selector = selector;
		this.connections = connections;
		this.refusals = new Refusals(client, connections, recoveries);
		this.waits = new LongWaits(connections, System::nanoTime);
	}

	@Override
	public <T> T executeCommand(CommandObject<T> command) {
		return executeCommand(command, CommandSpecs.of(command.getArguments()));
	}

	@Override
	public <T> T executeCommand(CommandObject<T> command, CommandSpec spec) {
		if (command instanceof PipelineCommand pipeline) {
			WireBatch batch = new WireBatch(this.selector, this.slots, this.connections, this.refusals);
			return command.getBuilder().build(batch.run(pipeline));
		}
		if (command instanceof TransactionCommand transaction) {
			return command.getBuilder().build(executeTransaction(transaction));
		}
		if (command instanceof ConnectionBoundCommand<?> bound) {
			return onHeld(bound.getConnection(), command.getArguments(), exchange(command, spec));
		}
		if (command instanceof WatchCommand watch) {
			return command.getBuilder().build(watch(watch));
		}
		spec.checkShareable();
		if (command instanceof NodeBoundCommand<?> bound) {
			return send(bound.getNode(), command, spec);
		}
		if (command instanceof SlotBoundCommand<?> bound) {
			return send(this.selector.primaryOf(bound.getSlot()), command, spec);
		}
		if (command instanceof ShardBoundCommand<?> bound) {
			return send(this.selector.nodeOf(bound), command, spec);
		}
		int slot = WireCommand.slot(spec, command.getArguments(), this.slots);
		if (slot == CommandKeys.NO_SLOT) {
			return send(this.selector.anyPrimary(), command, spec);
		}
		Shard shard = this.selector.shardOf(slot);
		return spec.replicable() ? read(shard, command, spec) : send(shard.primary().address(), command, spec);
	}

	private @Nullable Object executeTransaction(TransactionCommand transaction) {
		Connection watching = transaction.getConnection();
		if (watching != null) {
			return onHeld(watching, transaction.getArguments(), (held) -> transact(transaction, held));
		}
		return follow(primaryOf(transaction.getSlot()), transaction.getArguments(), false,
				(connection) -> transact(transaction, connection));
	}

	private Connection watch(WatchCommand watch) {
		HostAndPort node = watch.getNode();
		return follow((node != null) ? node : primaryOf(watch.getSlot()), watch.getArguments(), false, (connection) -> {
			connection.executeCommand(watch.getArguments());
			((PooledConnection) connection).hold();
			return connection;
		});
	}

	private HostAndPort primaryOf(int slot) {
		return (slot == CommandKeys.NO_SLOT) ? this.selector.anyPrimary() : this.selector.primaryOf(slot);
	}

	private <T extends @Nullable Object> T onHeld(Connection held, CommandArguments arguments,
			Function<Connection, T> call) {
		if (!(held instanceof PooledConnection connection)) {
			return call.apply(held);
		}
		CallRecord.usesNode(connection.address());
		CallRecord.connectedTo(connection.peer());
		// A caller that watches keys on a primary must not write once it is demoted.
		connection.checkHeld();
		try {
			return connection.useOrBreak(call);
		}
		catch (JedisConnectionException ex) {
			throw this.refusals.failureOfHeld(connection.address(), lost(connection.address(), ex));
		}
		catch (JedisDataException ex) {
			throw this.refusals.failureOfHeld(connection.address(),
					this.refusals.failureOf(connection, ex, arguments, false));
		}
	}

	// If a replica fails, another node answers, because a read may run twice.
	private <T> T read(Shard shard, CommandObject<T> command, CommandSpec spec) {
		HostAndPort primary = shard.primary().address();
		HostAndPort node = this.selector.readerOf(shard);
		if (node.equals(primary)) {
			return send(node, command, spec);
		}
		try {
			return send(node, command, spec);
		}
		catch (RuntimeException ex) {
			if (!Refusals.isReplicaFailure(ex) || this.connections.isSlow(node, ex) || CallDeadline.isOver()) {
				throw ex;
			}
			CallRecord.lap(CallPart.RETRIES);
			// Replicas do not say when their cluster is back, and the primary may serve.
			boolean primaryOnly = ex instanceof ClusterDownException || Refusals.isForPrimary(ex);
			return send(primaryOnly ? primary : this.selector.fallbackOf(shard), command, spec);
		}
	}

	private <T> T send(HostAndPort node, CommandObject<T> command, CommandSpec spec) {
		if (command.getArguments().isBlocking()) {
			return this.waits.send(node, command, (part) -> follow(node, part.getArguments(), true, waiting(part)));
		}
		return follow(node, command.getArguments(), true, exchange(command, spec));
	}

	private static <T> Function<Connection, T> exchange(CommandObject<T> command, CommandSpec spec) {
		return spec.cursor() ? (connection) -> (connection instanceof PooledConnection pooled)
				? CursorPage.fetch(command, pooled) : connection.executeCommand(command)
				: (connection) -> connection.executeCommand(command);
	}

	private static @Nullable Object transact(TransactionCommand transaction, Connection connection) {
		List<CommandObject<?>> commands = transaction.getCommands();
		boolean cursors = connection instanceof PooledConnection
				&& commands.stream().anyMatch((command) -> CommandSpecs.of(command.getArguments()).cursor());
		return cursors ? CursorPage.fetchAll(commands, (PooledConnection) connection)
				: WireTransaction.run(commands, connection);
	}

	// A command that was redirected while it waited goes on with the rest of its
	// time-out.
	private static <T> Function<Connection, T> waiting(CommandObject<T> command) {
		AtomicBoolean redirected = new AtomicBoolean();
		Duration before = CallDeadline.passedOfCurrent();
		return (connection) -> connection.executeCommand(redirected.getAndSet(true)
				? BlockingCommands.rest(command, CallDeadline.passedOfCurrent().minus(before)) : command);
	}

	// ASKING holds for one command only, so a transaction waits until the slot has moved.
	private <T extends @Nullable Object> T follow(HostAndPort node, CommandArguments arguments, boolean mayAsk,
			Function<Connection, T> call) {
		HostAndPort target = node;
		boolean asking = false;
		for (int redirections = 0;; redirections++) {
			try {
				return attempt(target, arguments, asking, call);
			}
			catch (JedisRedirectionException ex) {
				asking = ex instanceof JedisAskDataException;
				HostAndPort next = Redirections.target(ex, target);
				if (next == null || (asking && !mayAsk) || redirections == Redirections.LIMIT) {
					throw ex;
				}
				CallRecord.lap(CallPart.REDIRECTS);
				CallRecord.redirected(asking);
				target = next;
			}
		}
	}

	private <T extends @Nullable Object> T attempt(HostAndPort node, CommandArguments arguments, boolean asking,
			Function<Connection, T> call) {
		PooledConnection connection = null;
		Object reply = null;
		try {
			connection = this.connections.borrow(node);
			if (asking) {
				ask(connection);
			}
			T answer = connection.useOrBreak(call);
			reply = answer;
			this.connections.noteAnswer(node);
			return answer;
		}
		catch (NodeUnreachableException ex) {
			this.connections.noteFailure(node, ex);
			throw ex;
		}
		catch (JedisConnectionException ex) {
			throw lost(node, ex);
		}
		catch (JedisDataException ex) {
			this.connections.noteAnswer(node);
			throw (connection != null) ? this.refusals.failureOf(connection, ex, arguments, asking)
					: this.refusals.failureOf(node, ex);
		}
		finally {
			// A caller that watches keys keeps the connection, which is the reply then.
			if (connection != null && reply != connection) {
				connection.close();
			}
		}
	}

	private static void ask(Connection connection) {
		try {
			connection.executeCommand(Command.ASKING);
		}
		catch (JedisConnectionException ex) {
			throw new NothingSentException(ex);
		}
	}

	private RuntimeException lost(HostAndPort node, JedisConnectionException failure) {
		this.connections.noteFailure(node, failure);
		return (failure instanceof NothingSentException) ? new NodeUnreachableException(
				"Lost the connection to " + node + " before the command was sent: " + failure.getMessage(), failure)
				: failure;
	}

	@Override
	public void close() {
		// The connections belong to the pool.
	}

}
