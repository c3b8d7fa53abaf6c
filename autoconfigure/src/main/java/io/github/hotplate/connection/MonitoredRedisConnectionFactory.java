package io.github.hotplate.connection;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.core.InfrastructureProxy;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConnection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.execution.ConnectionSource;

/**
 * Creates connections that send their commands through one executor. Holds no resources,
 * because the sockets belong to the client's pool. Thread-safe.
 *
 * @since 0.1.0
 */
public class MonitoredRedisConnectionFactory implements RedisConnectionFactory, InfrastructureProxy {

	private final ClientConfig client;

	private final CommandExecutor commands;

	private final ConnectionSource connections;

	private final KeySpecs keySpecs;

	private final ExecutorJedis jedis;

	private final @Nullable MonitoredRedisConnectionFactory decorated;

	/**
	 * Create a factory.
	 * @param client the client
	 * @param commands runs each command
	 * @param connections lends connections to subscriptions and transactions
	 * @param keySpecs marks the keys of commands that are given as a name and bytes
	 */
	public MonitoredRedisConnectionFactory(ClientConfig client, CommandExecutor commands, ConnectionSource connections,
			KeySpecs keySpecs) {
		this(client, commands, connections, keySpecs, null);
	}

	private MonitoredRedisConnectionFactory(ClientConfig client, CommandExecutor commands, ConnectionSource connections,
			KeySpecs keySpecs, @Nullable MonitoredRedisConnectionFactory decorated) {
		this.client = client;
		this.commands = commands;
		this.connections = connections;
		this.keySpecs = keySpecs;
		this.jedis = new ExecutorJedis(commands, connections, keySpecs);
		this.decorated = decorated;
	}

	/**
	 * Return the name of the client.
	 * @return the name, such as {@code foo}
	 */
	public String name() {
		return this.client.name();
	}

	/**
	 * Return a factory for the same client with one more executor for all commands.
	 * @param decorator puts an executor in front of the client's
	 * @return a new factory, which shares the connection of a transaction or session with
	 * this one
	 */
	public MonitoredRedisConnectionFactory decorate(UnaryOperator<CommandExecutor> decorator) {
		return new MonitoredRedisConnectionFactory(this.client, decorator.apply(this.commands), this.connections,
				this.keySpecs, getWrappedObject());
	}

	/**
	 * Return the factory to which Spring binds the connection of a transaction or
	 * session.
	 * @return the factory that this one {@link #decorate decorates}, or this one
	 */
	@Override
	public MonitoredRedisConnectionFactory getWrappedObject() {
		return (this.decorated != null) ? this.decorated : this;
	}

	/**
	 * Return a factory for the same client that sends all commands to one node,
	 * regardless of their keys.
	 * @param node the address of the node
	 * @return a new factory
	 */
	public MonitoredRedisConnectionFactory forNode(HostAndPort node) {
		return bound(new NodeBoundClient(this.commands, this.connections, node));
	}

	/**
	 * Return a factory for the same client that sends all commands to the node that
	 * serves a slot, regardless of their keys.
	 * @param slot the slot
	 * @return a new factory
	 */
	public MonitoredRedisConnectionFactory forSlot(int slot) {
		return bound(new SlotBoundClient(this.commands, this.connections, slot));
	}

	/**
	 * Return a factory for the same client whose channels are shard channels, for
	 * listener containers and for templates that publish: {@code SUBSCRIBE} is
	 * {@code SSUBSCRIBE}, and {@code PUBLISH} is {@code SPUBLISH}. There are no patterns.
	 * Needs Redis 7 or later.
	 * @return a new factory
	 * @see <a href="https://redis.io/docs/latest/develop/pubsub/#sharded-pubsub">Sharded
	 * Pub/Sub</a>
	 */
	public MonitoredRedisConnectionFactory forShardChannels() {
		ShardChannelClient sharded = new ShardChannelClient(this.commands, this.connections);
		return new MonitoredRedisConnectionFactory(this.client, sharded, sharded, this.keySpecs);
	}

	private MonitoredRedisConnectionFactory bound(BoundClient bound) {
		return new MonitoredRedisConnectionFactory(this.client, bound, bound, this.keySpecs.asOptional());
	}

	@Override
	public RedisConnection getConnection() {
		return isCluster() ? getClusterConnection()
				: new PlainRedisConnection(this.jedis, this.client.url().database());
	}

	private boolean isCluster() {
		return this.client.mode() == ClientMode.CLUSTER;
	}

	@Override
	public ClusterRedisConnection getClusterConnection() {
		if (!isCluster()) {
			throw new InvalidDataAccessApiUsageException("Client '" + this.client.name() + "' is not a cluster client: "
					+ this.client.name() + ".mode is " + this.client.mode().label());
		}
		return new ClusterRedisConnection(this.jedis);
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
		throw new InvalidDataAccessApiUsageException(
				"Client '" + this.client.name() + "': Sentinel connections are not exposed; use redis-cli");
	}

}
