package io.github.hotplate.connection;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConnection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.activity.ClientActivity;
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
public class MonitoredRedisConnectionFactory implements RedisConnectionFactory {

	private final ClientConfig client;

	private final CommandExecutor commands;

	private final ConnectionSource connections;

	private final KeySpecs keySpecs;

	private final ExecutorJedis jedis;

	private final ClientActivity activity;

	/**
	 * Create a factory.
	 * @param client the client
	 * @param commands runs each command
	 * @param connections lends connections to subscriptions and transactions
	 * @param keySpecs marks the keys of commands that are given as a name and bytes
	 * @param activity counts the commands
	 */
	public MonitoredRedisConnectionFactory(ClientConfig client, CommandExecutor commands, ConnectionSource connections,
			KeySpecs keySpecs, ClientActivity activity) {
		this.client = client;
		this.commands = commands;
		this.connections = connections;
		this.keySpecs = keySpecs;
		this.jedis = new ExecutorJedis(commands, connections, keySpecs);
		this.activity = activity;
	}

	/**
	 * Return the name of the client.
	 * @return the name, such as {@code foo}
	 */
	public String name() {
		return this.client.name();
	}

	/**
	 * Return what counts the commands of the client.
	 * @return the same for all factories of the client
	 */
	public ClientActivity activity() {
		return this.activity;
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
		return new MonitoredRedisConnectionFactory(this.client, sharded, sharded, this.keySpecs, this.activity);
	}

	private MonitoredRedisConnectionFactory bound(BoundClient bound) {
		return new MonitoredRedisConnectionFactory(this.client, bound, bound, this.keySpecs.asOptional(),
				this.activity);
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
