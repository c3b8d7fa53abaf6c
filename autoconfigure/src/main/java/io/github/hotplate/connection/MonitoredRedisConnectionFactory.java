package io.github.hotplate.connection;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConnection;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.execution.ConnectionSource;

/**
 * Makes connections that hand their commands to one executor. Thread-safe, and without
 * resources of its own: the sockets belong to the client's pool.
 *
 * @since 0.1.0
 */
public final class MonitoredRedisConnectionFactory implements RedisConnectionFactory {

	private final CommandExecutor commands;

	private final ConnectionSource connections;

	private final KeySpecs keySpecs;

	private final RoutedJedis jedis;

	/**
	 * Create a factory.
	 * @param commands runs each command
	 * @param connections lends connections to what needs one of its own
	 * @param keySpecs marks the keys of commands that are given as a name and bytes
	 */
	public MonitoredRedisConnectionFactory(CommandExecutor commands, ConnectionSource connections, KeySpecs keySpecs) {
		this.commands = commands;
		this.connections = connections;
		this.keySpecs = keySpecs;
		this.jedis = new RoutedJedis(commands, connections, keySpecs);
	}

	/**
	 * Return a factory for the same client whose commands pass one more executor.
	 * @param decorator puts an executor in front of the client's
	 * @return a new factory
	 */
	public MonitoredRedisConnectionFactory decorate(UnaryOperator<CommandExecutor> decorator) {
		return new MonitoredRedisConnectionFactory(decorator.apply(this.commands), this.connections, this.keySpecs);
	}

	@Override
	public MonitoredRedisConnection getConnection() {
		return new MonitoredRedisConnection(this.jedis);
	}

	@Override
	public MonitoredRedisConnection getClusterConnection() {
		return getConnection();
	}

	@Override
	public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException ex) {
		return RedisExceptions.translate(ex);
	}

	@Override
	public boolean getConvertPipelineAndTxResults() {
		return true;
	}

	@Override
	public RedisSentinelConnection getSentinelConnection() {
		throw new InvalidDataAccessApiUsageException("A cluster has no Sentinel to connect to");
	}

}
