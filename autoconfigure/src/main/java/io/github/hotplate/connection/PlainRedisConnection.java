package io.github.hotplate.connection;

import org.jspecify.annotations.NullUnmarked;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisServerCommands;

/**
 * A connection to the server that has all keys: the only one, or the primary according to
 * Sentinels. Its commands pass the client's executor, like those of a
 * {@link ClusterRedisConnection}. Not thread-safe.
 */
@NullUnmarked // Spring Data Redis does not mark what it returns in a pipeline.
final class PlainRedisConnection extends ExecutorRedisConnection {

	private final int database;

	/**
	 * Create a connection.
	 * @param jedis takes the commands
	 * @param database the database of the client's connections
	 */
	PlainRedisConnection(ExecutorJedis jedis, int database) {
		super(jedis);
		this.database = database;
	}

	@Override
	PlainRedisConnection withClient(ExecutorJedis jedis) {
		return new PlainRedisConnection(jedis, this.database);
	}

	@Override
	public RedisServerCommands serverCommands() {
		return recorded(RedisServerCommands.class, RedisConnection::serverCommands, super.serverCommands());
	}

	// The sockets are shared, so the next caller would use the wrong database.
	@Override
	public void select(int dbIndex) {
		if (dbIndex != this.database) {
			throw new InvalidDataAccessApiUsageException("Database " + dbIndex
					+ " cannot be selected: all connections of a client use the database at the end of its URL, "
					+ this.database + ". Declare another client for another database");
		}
	}

}
