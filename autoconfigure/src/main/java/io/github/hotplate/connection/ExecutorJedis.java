package io.github.hotplate.connection;

import java.util.function.Function;

import org.springframework.data.redis.connection.RedisConnection;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.CommandKeyArgumentPreProcessor;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.json.JsonObjectMapper;

import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.UnclosedExecutor;

/**
 * Jedis with one executor for every command, pipeline and transaction. Thread-safe.
 */
final class ExecutorJedis extends UnifiedJedis {

	private final CommandExecutor commands;

	private final ConnectionSource connections;

	private final KeySpecs keySpecs;

	/**
	 * Create an instance.
	 * @param commands runs each command
	 * @param connections lends connections to subscriptions and transactions
	 * @param keySpecs marks the keys of commands that are given as a name and bytes
	 */
	ExecutorJedis(CommandExecutor commands, ConnectionSource connections, KeySpecs keySpecs) {
		super(new ExecutorConnectionProvider(commands, connections, keySpecs), RedisProtocol.RESP2);
		this.commands = commands;
		this.connections = connections;
		this.keySpecs = keySpecs;
	}

	/**
	 * Tell whether a node is among those that the client uses.
	 * @param node the address of the node
	 * @return whether it is a primary or a replica as far as the client knows
	 */
	boolean knows(HostAndPort node) {
		return this.connections.knows(node);
	}

	/**
	 * Return the same client for one node only, regardless of the keys of its commands.
	 * @param node the node
	 * @return a client for the node
	 */
	ExecutorJedis forNode(HostAndPort node) {
		return new ExecutorJedis(new UnclosedExecutor() {

			@Override
			public <T> T executeCommand(CommandObject<T> command) {
				return ExecutorJedis.this.commands.executeCommand(new NodeBoundCommand<>(command, node));
			}

		}, this.connections, this.keySpecs);
	}

	/**
	 * Return an executor that sends one command to every primary.
	 * @return a new executor, for one command
	 */
	BroadcastExecutor broadcast() {
		return new BroadcastExecutor(this.commands);
	}

	/**
	 * Return the same client with another executor.
	 * @param executor runs each command
	 * @return a client that uses the executor
	 */
	ExecutorJedis withExecutor(CommandExecutor executor) {
		return new ExecutorJedis(executor, this.connections, this.keySpecs);
	}

	/**
	 * Open a pipeline for Spring Data Redis' methods.
	 * @param connections creates a connection from a Jedis client
	 * @return a new pipeline
	 */
	RecordedPipeline record(Function<ExecutorJedis, RedisConnection> connections) {
		return new RecordedPipeline(this.commands,
				(executor) -> connections.apply(new ExecutorJedis(executor, this.connections, this.keySpecs)));
	}

	// Every connection has this client, so all callers would get other keys.
	@Override
	public void setKeyArgumentPreProcessor(CommandKeyArgumentPreProcessor keyPreProcessor) {
		throw SharedSettings.refuse("Change keys with the key serializer of a template instead");
	}

	@Override
	public void setJsonObjectMapper(JsonObjectMapper jsonObjectMapper) {
		throw SharedSettings.refuse();
	}

	@Override
	public void setDefaultSearchDialect(int dialect) {
		throw SharedSettings.refuse();
	}

	@Override
	public ExecutorPipeline pipelined() {
		return new ExecutorPipeline(this.commandObjects, this.commands, this.keySpecs);
	}

	@Override
	public AbstractTransaction transaction(boolean doMulti) {
		SlotTransaction transaction = new SlotTransaction(this.commandObjects, this.commands, this.connections,
				this.keySpecs);
		if (doMulti) {
			transaction.multi();
		}
		return transaction;
	}

}
