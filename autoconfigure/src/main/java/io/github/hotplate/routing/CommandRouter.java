package io.github.hotplate.routing;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

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
import io.github.hotplate.execution.NodeUnreachableException;
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

	private final Redirections redirections;

	private final Refusals refusals;

	public CommandRouter(String client, KeySlots slots, NodeSelector selector, NodeConnectionProvider connections,
			Recoveries recoveries) {
		this.slots = slots;
		this.selector = selector;
		this.connections = connections;
		this.redirections = new Redirections(connections);
		this.refusals = new Refusals(client, connections, recoveries);
	}

	@Override
	public <T> T executeCommand(CommandObject<T> command) {
		return executeCommand(command, CommandSpecs.of(command.getArguments()));
	}

	@Override
	public <T> T executeCommand(CommandObject<T> command, CommandSpec spec) {
		if (command instanceof PipelineCommand pipeline) {
			WireBatch batch = new WireBatch(this.selector, this.slots, this.connections, this.redirections,
					this.refusals);
			return command.getBuilder().build(batch.run(pipeline.getCommands()));
		}
		if (command instanceof TransactionCommand transaction) {
			return command.getBuilder().build(executeTransaction(transaction));
		}
		if (command instanceof ConnectionBoundCommand<?> bound) {
			return onHeld(bound.getConnection(), exchange(command, spec));
		}
		if (command instanceof NodeBoundCommand<?> bound) {
			return send(bound.getNode(), command, spec);
		}
		if (command instanceof SlotBoundCommand<?> bound) {
			return send(this.selector.primaryOf(bound.getSlot()), command, spec);
		}
		if (command instanceof ShardBoundCommand<?> bound) {
			return send(this.selector.primaryOf(bound), command, spec);
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
			return onHeld(watching, (held) -> transact(transaction, held));
		}
		int slot = transaction.getSlot();
		HostAndPort node = (slot == CommandKeys.NO_SLOT) ? this.selector.anyPrimary() : this.selector.primaryOf(slot);
		// ASKING holds for one command and would not last for a transaction.
		return follow(node, false, (connection) -> transact(transaction, connection));
	}

	private <T extends @Nullable Object> T onHeld(Connection held, Function<Connection, T> call) {
		if (!(held instanceof PooledConnection connection)) {
			return call.apply(held);
		}
		// A caller that watches keys on a primary must not write once it is demoted.
		connection.checkHeld();
		try {
			return call.apply(held);
		}
		catch (JedisConnectionException ex) {
			this.connections.noteFailure(connection.address(), ex);
			throw ex;
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
			if (!Refusals.isReplicaFailure(ex)) {
				throw ex;
			}
			// Of a shard's nodes, the primary alone has every script.
			return send(Refusals.isMissingScript(ex) ? primary : this.selector.fallbackOf(shard), command, spec);
		}
	}

	private <T> T send(HostAndPort node, CommandObject<T> command, CommandSpec spec) {
		return follow(node, true, exchange(command, spec));
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

	private <T extends @Nullable Object> T follow(HostAndPort node, boolean mayAsk, Function<Connection, T> call) {
		HostAndPort target = node;
		boolean asking = false;
		for (int redirections = 0;; redirections++) {
			try {
				return attempt(target, asking, call);
			}
			catch (JedisRedirectionException ex) {
				asking = ex instanceof JedisAskDataException;
				if ((asking && !mayAsk) || redirections == Redirections.LIMIT) {
					throw ex;
				}
				target = this.redirections.target(ex, target);
			}
		}
	}

	private <T extends @Nullable Object> T attempt(HostAndPort node, boolean asking, Function<Connection, T> call) {
		try (PooledConnection connection = this.connections.borrow(node)) {
			if (asking) {
				connection.executeCommand(Command.ASKING);
			}
			T reply = connection.useOrBreak(call);
			this.connections.noteAnswer(node);
			return reply;
		}
		catch (JedisConnectionException | NodeUnreachableException ex) {
			this.connections.noteFailure(node, ex);
			throw ex;
		}
		catch (JedisDataException ex) {
			this.connections.noteAnswer(node);
			throw this.refusals.failureOf(node, ex);
		}
	}

	@Override
	public void close() {
		// The connections belong to the pool.
	}

}
