package io.github.hotplate.hotkey;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Adds contributions to the sorted set of one access, on its own connection. Not
 * thread-safe.
 * <p>
 * Contributions go into a temporary set first, and a union then adds them to the sorted
 * set, so the number of commands does not depend on the number of keys. A transaction
 * makes sure that neither the temporary set nor a set without a time to live stays
 * behind. The union is atomic, so instances may flush at the same time, and so may
 * baseplate with {@code ZINCRBY}. Finally the scores of the keys are read to learn which
 * of them were trimmed.
 */
final class HotKeySet implements AutoCloseable {

	/**
	 * Shorter than common socket time-outs: no caller waits for the reply, but a flush at
	 * shut-down delays the process.
	 */
	static final Duration TIMEOUT = Duration.ofMillis(500);

	private static final int TTL_SECONDS = 86_400;

	private static final int COMMANDS = 7;

	/**
	 * The position of the reply to {@code EXEC}.
	 */
	private static final int EXEC = 5;

	private final int capacity;

	private final TrackerConnection connection;

	private final byte[] set;

	private final byte[] addend;

	/**
	 * Create an instance.
	 * @param access the access
	 * @param capacity how many keys the set keeps
	 * @param connection the connection to the node of the set
	 * @param instance tells this process from others that add to the set
	 */
	HotKeySet(KeyAccess access, int capacity, TrackerConnection connection, String instance) {
		this.capacity = capacity;
		this.connection = connection;
		this.set = access.sortedSet().getBytes(StandardCharsets.UTF_8);
		// The braces make it hash to the slot of the set.
		this.addend = ("{" + access.sortedSet() + "}:" + instance).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Add contributions to the set.
	 * @param contributions the contributions, at least one
	 * @return their outcome
	 * @throws redis.clients.jedis.exceptions.JedisException if Redis could not be reached
	 * or refused them; they may be sent again
	 */
	Delivery add(List<Contribution> contributions) {
		Connection redis = this.connection.get();
		begin(redis);
		List<Object> replies;
		try {
			send(redis, contributions);
			replies = redis.getMany(COMMANDS);
		}
		catch (JedisConnectionException ex) {
			this.connection.failed();
			return Delivery.lost(ex);
		}
		for (int i = 0; i <= EXEC; i++) {
			check(replies.get(i));
		}
		((List<?>) replies.get(EXEC)).forEach(this::check);
		return Delivery.added(kept(contributions.size(), replies.get(COMMANDS - 1)));
	}

	// An ACL may forbid MULTI, and without it the commands would run one by one.
	private void begin(Connection redis) {
		try {
			redis.executeCommand(Command.MULTI);
		}
		catch (JedisDataException ex) {
			this.connection.refused(ex);
			throw ex;
		}
		catch (JedisConnectionException ex) {
			this.connection.failed();
			throw ex;
		}
	}

	private void send(Connection redis, List<Contribution> contributions) {
		CommandArguments fill = new CommandArguments(Command.ZADD).add(this.addend);
		CommandArguments scores = new CommandArguments(Command.ZMSCORE).add(this.set);
		for (Contribution contribution : contributions) {
			byte[] name = contribution.key().name().bytes();
			fill.add(contribution.amount()).add(name);
			scores.add(name);
		}
		redis.sendCommand(fill);
		redis
			.sendCommand(new CommandArguments(Command.ZUNIONSTORE).add(this.set).add(2).add(this.set).add(this.addend));
		redis.sendCommand(new CommandArguments(Command.DEL).add(this.addend));
		redis.sendCommand(new CommandArguments(Command.ZREMRANGEBYRANK).add(this.set).add(0).add(-(this.capacity + 1)));
		redis.sendCommand(new CommandArguments(Command.EXPIRE).add(this.set).add(TTL_SECONDS));
		redis.sendCommand(Command.EXEC);
		redis.sendCommand(scores);
	}

	private void check(@Nullable Object reply) {
		if (reply instanceof JedisDataException refusal) {
			this.connection.refused(refusal);
			throw refusal;
		}
	}

	// Redis before 6.2 has no ZMSCORE, so trimmed keys stay unknown.
	private static List<Boolean> kept(int size, @Nullable Object scores) {
		List<Boolean> kept = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			kept.add(!(scores instanceof List<?> list) || list.get(i) != null);
		}
		return kept;
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
