package io.github.hotplate.connection;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisGeoCommands;
import org.springframework.data.redis.connection.RedisHashCommands;
import org.springframework.data.redis.connection.RedisHyperLogLogCommands;
import org.springframework.data.redis.connection.RedisKeyCommands;
import org.springframework.data.redis.connection.RedisListCommands;
import org.springframework.data.redis.connection.RedisScriptingCommands;
import org.springframework.data.redis.connection.RedisSentinelConnection;
import org.springframework.data.redis.connection.RedisSetCommands;
import org.springframework.data.redis.connection.RedisStreamCommands;
import org.springframework.data.redis.connection.RedisStringCommands;
import org.springframework.data.redis.connection.RedisZSetCommands;
import org.springframework.data.redis.connection.jedis.JedisConnection;
import org.springframework.util.Assert;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection that sends all commands through the client's executor, which measures,
 * retries and routes them. It holds about twenty objects and no socket, so opening and
 * closing one is cheap. Not thread-safe.
 */
@NullUnmarked // Spring Data Redis does not mark what it returns in a pipeline.
abstract class ExecutorRedisConnection extends JedisConnection implements NamedPipelines {

	private final ExecutorJedis routed;

	private @Nullable RecordedPipeline pipeline;

	private boolean closed;

	ExecutorRedisConnection(ExecutorJedis jedis) {
		super(jedis);
		this.routed = jedis;
	}

	/**
	 * Return a connection of the same kind.
	 * @param jedis takes its commands
	 * @return a new connection
	 */
	abstract ExecutorRedisConnection withClient(ExecutorJedis jedis);

	final ExecutorJedis routed() {
		return this.routed;
	}

	@Override
	protected final DataAccessException convertJedisAccessException(Exception cause) {
		return RedisExceptions.translate(cause);
	}

	// The superclass relies on an exception to detect that no transaction is open.
	@Override
	protected final void doClose() {
		closePipeline();
		if (getTransaction() != null) {
			super.doClose();
		}
		this.closed = true;
	}

	@Override
	public final boolean isClosed() {
		return this.closed;
	}

	@Override
	public final RedisSentinelConnection getSentinelConnection() {
		throw new InvalidDataAccessApiUsageException("Sentinel connections are not exposed; use redis-cli");
	}

	@Override
	public final void openPipeline() {
		if (getTransaction() != null) {
			throw new InvalidDataAccessApiUsageException(
					"A pipeline cannot be opened in a transaction, nor while keys are watched. "
							+ "Call exec(), discard() or unwatch() first");
		}
		if (this.pipeline == null) {
			this.pipeline = this.routed.record((recorded) -> withClient(recorded));
		}
	}

	@Override
	public final boolean isPipelined() {
		return this.pipeline != null;
	}

	@Override
	public final void namePipeline(String name) {
		if (this.pipeline == null) {
			throw new IllegalStateException("No pipeline is open. Call openPipeline() first");
		}
		this.pipeline.setName(name);
	}

	@Override
	public final List<Object> closePipeline() {
		RecordedPipeline open = this.pipeline;
		if (open == null) {
			return List.of();
		}
		this.pipeline = null;
		return open.send();
	}

	@Override
	public final AbstractPipeline getRequiredPipeline() {
		throw new InvalidDataAccessApiUsageException(isPipelined()
				? "This command cannot be pipelined here. Get its command group, such as stringCommands(), from the "
						+ "connection after opening the pipeline, or call it outside of the pipeline"
				: "No pipeline is open. Call openPipeline() first");
	}

	@Override
	public final void multi() {
		refuseInPipeline("MULTI");
		super.multi();
	}

	@Override
	public final void watch(byte[]... keys) {
		Assert.notNull(keys, "Keys must not be null");
		refuseInPipeline("WATCH");
		boolean first = getTransaction() == null;
		try {
			translated(() -> super.watch(keys));
		}
		catch (RuntimeException ex) {
			if (first) {
				forgetWatched(ex);
			}
			throw ex;
		}
	}

	// Otherwise the connection would stay bound to the slot of keys that are not watched.
	private void forgetWatched(RuntimeException failure) {
		try {
			super.unwatch();
		}
		catch (RuntimeException ex) {
			if (ex != failure) {
				failure.addSuppressed(ex);
			}
		}
	}

	@Override
	public final void unwatch() {
		if (isQueueing()) {
			throw new InvalidDataAccessApiUsageException(
					"UNWATCH has no effect in a transaction. Call discard() to give the transaction up");
		}
		translated(super::unwatch);
	}

	@Override
	public final void discard() {
		if (getTransaction() == null) {
			throw new InvalidDataAccessApiUsageException("No transaction is open to discard. Call multi() first");
		}
		super.discard();
	}

	// The superclass does not translate Jedis' exceptions.
	private void translated(Runnable command) {
		try {
			command.run();
		}
		catch (JedisException ex) {
			throw convertJedisAccessException(ex);
		}
	}

	@Override
	public final List<Object> exec() {
		try {
			return super.exec();
		}
		catch (DataAccessException ex) {
			throw RedisExceptions.retranslate(ex);
		}
	}

	private void refuseInPipeline(String command) {
		if (isPipelined()) {
			throw new InvalidDataAccessApiUsageException(command
					+ " cannot be used in a pipeline. Use a transaction instead, which is also sent in one batch");
		}
	}

	@Override
	public final Object execute(String command, byte[]... args) {
		return (this.pipeline != null) ? this.pipeline.record((connection) -> connection.execute(command, args))
				: super.execute(command, args);
	}

	@Override
	public final byte[] echo(byte[] message) {
		return (this.pipeline != null) ? this.pipeline.record((connection) -> connection.echo(message))
				: super.echo(message);
	}

	@Override
	public final String ping() {
		return (this.pipeline != null) ? this.pipeline.record(RedisConnection::ping) : super.ping();
	}

	@Override
	public final Long publish(byte[] channel, byte[] message) {
		return (this.pipeline != null) ? this.pipeline.record((connection) -> connection.publish(channel, message))
				: super.publish(channel, message);
	}

	@Override
	public final RedisGeoCommands geoCommands() {
		return recorded(RedisGeoCommands.class, RedisConnection::geoCommands, super.geoCommands());
	}

	@Override
	public final RedisHashCommands hashCommands() {
		return recorded(RedisHashCommands.class, RedisConnection::hashCommands, super.hashCommands());
	}

	@Override
	public final RedisHyperLogLogCommands hyperLogLogCommands() {
		return recorded(RedisHyperLogLogCommands.class, RedisConnection::hyperLogLogCommands,
				super.hyperLogLogCommands());
	}

	@Override
	public final RedisKeyCommands keyCommands() {
		return recorded(RedisKeyCommands.class, RedisConnection::keyCommands, super.keyCommands());
	}

	@Override
	public final RedisListCommands listCommands() {
		return recorded(RedisListCommands.class, RedisConnection::listCommands, super.listCommands());
	}

	@Override
	public final RedisScriptingCommands scriptingCommands() {
		return recorded(RedisScriptingCommands.class, RedisConnection::scriptingCommands, super.scriptingCommands());
	}

	@Override
	public final RedisSetCommands setCommands() {
		return recorded(RedisSetCommands.class, RedisConnection::setCommands, super.setCommands());
	}

	@Override
	public final RedisStreamCommands streamCommands() {
		return recorded(RedisStreamCommands.class, RedisConnection::streamCommands, super.streamCommands());
	}

	@Override
	public final RedisStringCommands stringCommands() {
		return recorded(RedisStringCommands.class, RedisConnection::stringCommands, super.stringCommands());
	}

	@Override
	public final RedisZSetCommands zSetCommands() {
		return recorded(RedisZSetCommands.class, RedisConnection::zSetCommands, super.zSetCommands());
	}

	final <T> T recorded(Class<T> type, Function<RedisConnection, T> group, T direct) {
		return (this.pipeline != null) ? this.pipeline.recorder(type, group) : direct;
	}

}
