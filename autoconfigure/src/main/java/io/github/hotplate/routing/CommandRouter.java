package io.github.hotplate.routing;

import java.util.function.Function;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.ConnectionBoundCommand;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.pool.WireTransaction;
import io.github.hotplate.topology.ClusterSlots;
import io.github.hotplate.topology.Shard;

/**
 * Sends each command to the node or nodes that must see it, and follows redirections. One
 * call is one attempt: what a repetition could mend is left to the retry advice.
 *
 * @see <a href=
 * "https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/"> Redis
 * Cluster specification</a>
 */
public final class CommandRouter implements CommandExecutor {

	static final int MAX_REDIRECTIONS = 5;

	private final String client;

	private final KeySlots slots;

	private final NodeSelector selector;

	private final NodeConnectionProvider connections;

	private final Recoveries recoveries;

	public CommandRouter(String client, KeySlots slots, NodeSelector selector, NodeConnectionProvider connections,
			Recoveries recoveries) {
		this.client = client;
		this.slots = slots;
		this.selector = selector;
		this.connections = connections;
		this.recoveries = recoveries;
	}

	@Override
	public <T> T executeCommand(CommandObject<T> command) {
		if (command instanceof PipelineCommand pipeline) {
			return command.getBuilder()
				.build(new WireBatch(this.selector, this.slots, this.connections, this, pipeline.getCommands()).run());
		}
		if (command instanceof NodeBoundCommand<?> pinned) {
			return executeAt(pinned.getNode(), command);
		}
		if (command instanceof SlotBoundCommand<?> placed) {
			return executeAt(this.selector.primaryOf(placed.getSlot()), command);
		}
		if (command instanceof ConnectionBoundCommand<?> watching) {
			return onHeld(watching.getConnection(), (held) -> held.executeCommand(command));
		}
		if (command instanceof TransactionCommand transaction) {
			return executeTransaction(transaction, command);
		}
		CommandArguments arguments = command.getArguments();
		CommandSpec spec = CommandSpecs.of(arguments);
		int slot = WireCommand.slot(spec, arguments, this.slots);
		if (slot == CommandKeys.NO_SLOT) {
			return executeAt(this.selector.anyPrimary(), command);
		}
		Shard shard = this.selector.shardOf(slot);
		return spec.readOnly() ? read(shard, command) : executeAt(shard.primary().address(), command);
	}

	private <T> T executeTransaction(TransactionCommand transaction, CommandObject<T> command) {
		Connection watching = transaction.getConnection();
		if (watching != null) {
			return onHeld(watching,
					(held) -> command.getBuilder().build(WireTransaction.run(transaction.getCommands(), held)));
		}
		int slot = transaction.getSlot();
		return executeAt((slot == CommandKeys.NO_SLOT) ? this.selector.anyPrimary() : this.selector.primaryOf(slot),
				command);
	}

	private <T> T onHeld(Connection held, Function<Connection, T> call) {
		if (!(held instanceof PooledConnection connection)) {
			return call.apply(held);
		}
		// Whoever has watched keys on a primary must not write to it once it is none.
		connection.checkHeld();
		try {
			return call.apply(held);
		}
		catch (JedisConnectionException ex) {
			this.connections.noteFailure(connection.pool().address(), ex);
			throw ex;
		}
	}

	// Where a replica fails, another node answers: what only reads may run twice.
	private <T> T read(Shard shard, CommandObject<T> command) {
		HostAndPort node = this.selector.readerOf(shard);
		if (node.equals(shard.primary().address())) {
			return executeAt(node, command);
		}
		try {
			return executeAt(node, command);
		}
		catch (RuntimeException ex) {
			if (!isReplicaFailure(ex)) {
				throw ex;
			}
			return executeAt(this.selector.fallbackOf(shard), command);
		}
	}

	static boolean isReplicaFailure(RuntimeException failure) {
		if (failure instanceof JedisDataException error) {
			return isStale(error);
		}
		return failure instanceof NodeUnreachableException || failure instanceof JedisConnectionException;
	}

	private static boolean isStale(JedisDataException error) {
		String message = String.valueOf(error.getMessage());
		return message.startsWith("LOADING") || message.startsWith("MASTERDOWN");
	}

	private <T> T executeAt(HostAndPort node, CommandObject<T> command) {
		HostAndPort target = node;
		boolean asking = false;
		for (int redirections = 0;; redirections++) {
			try {
				return send(target, command, asking);
			}
			catch (JedisRedirectionException ex) {
				// ASKING holds for one command and would not last for a transaction.
				boolean lost = ex instanceof JedisAskDataException && command instanceof TransactionCommand;
				if (lost || redirections == MAX_REDIRECTIONS) {
					throw ex;
				}
				asking = ex instanceof JedisAskDataException;
				target = follow(ex, target);
			}
		}
	}

	private <T> T send(HostAndPort node, CommandObject<T> command, boolean asking) {
		try (PooledConnection connection = this.connections.borrow(node)) {
			if (asking) {
				connection.executeCommand(Command.ASKING);
			}
			T reply = connection.executeOrBreak(command);
			this.connections.noteAnswer(node);
			return reply;
		}
		catch (JedisConnectionException | NodeUnreachableException ex) {
			this.connections.noteFailure(node, ex);
			throw ex;
		}
		catch (JedisDataException ex) {
			this.connections.noteAnswer(node);
			throw refusal(node, ex);
		}
	}

	/**
	 * Return where a redirection leads. Moved slots are learnt in the background.
	 * @param redirection the redirection
	 * @param from the node that redirected
	 * @return the node to send the command to
	 */
	HostAndPort follow(JedisRedirectionException redirection, HostAndPort from) {
		if (redirection instanceof JedisMovedDataException) {
			this.connections.noteMoved();
		}
		HostAndPort target = redirection.getTargetNode();
		return ClusterSlots.isAnnounced(target.getHost()) ? target : new HostAndPort(from.getHost(), target.getPort());
	}

	/**
	 * Return what to throw for an error reply, and note what the error says of the node.
	 * @param node the node that replied
	 * @param error the error
	 * @return the error itself, or what is to be thrown instead
	 */
	RuntimeException refusal(HostAndPort node, JedisDataException error) {
		String message = String.valueOf(error.getMessage());
		if (message.startsWith("CLUSTERDOWN")) {
			return new ClusterDownException("Client '" + this.client + "' was refused by " + node + ": " + message,
					error, this.recoveries.of(node));
		}
		if (isStale(error)) {
			this.connections.noteStale(node);
		}
		else if (message.startsWith("READONLY")) {
			this.connections.noteMoved();
		}
		return error;
	}

	@Override
	public void close() {
		// The connections belong to the pool.
	}

}
