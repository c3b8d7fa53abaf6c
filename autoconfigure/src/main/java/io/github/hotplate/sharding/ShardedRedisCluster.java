package io.github.hotplate.sharding;

import java.util.Iterator;
import java.util.stream.Stream;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.util.ConcurrentLruCache;

import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.execution.CommandTimeoutException;
import io.github.hotplate.penalty.ClusterEmptyException;
import io.github.hotplate.penalty.PenaltyBox;
import io.github.hotplate.template.ClusterRedisContextFactory;
import io.github.hotplate.template.MonitoredRedisTemplate;

/**
 * The servers of a sharded client, for who chooses the server himself: by a key that need
 * not be that of the command, or one server after the other. All that its templates send
 * is measured, traced and watched by the penalty box as what the client's own template
 * sends, which chooses the server by the keys of each command. Thread-safe.
 * <p>
 * The templates serve all requests: what a request has asked of them is not part of
 * {@link MonitoredRedisTemplate#diagnostics() its diagnostics}.
 *
 * @since 0.1.0
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's FlusterCluster</a>
 */
public final class ShardedRedisCluster implements Iterable<MonitoredRedisTemplate> {

	/**
	 * There are few slots where there are few servers. Where there are many, a template
	 * is made anew in a few microseconds.
	 */
	private static final int TEMPLATES = 1_024;

	private final String client;

	private final PenaltyBox box;

	private final ShardedClients<MonitoredRedisTemplate> clients;

	/**
	 * Create an instance.
	 * @param client the name of the client
	 * @param connectionFactory makes the client's connections
	 * @param box knows the servers and which of them are left out
	 */
	public ShardedRedisCluster(String client, MonitoredRedisConnectionFactory connectionFactory, PenaltyBox box) {
		this.client = client;
		this.box = box;
		ConcurrentLruCache<Integer, MonitoredRedisTemplate> bySlot = new ConcurrentLruCache<>(TEMPLATES,
				(slot) -> template(connectionFactory.forSlot(slot)));
		this.clients = new ShardedClients<>(
				box.active().nodes().stream().map((node) -> template(connectionFactory.forNode(node))).toList(),
				bySlot::get, box::active);
	}

	private MonitoredRedisTemplate template(MonitoredRedisConnectionFactory connectionFactory) {
		return new ClusterRedisContextFactory(this.client, connectionFactory).createSharedTemplate();
	}

	/**
	 * Return the name of the client.
	 * @return the name, such as {@code foo}
	 */
	public String name() {
		return this.client;
	}

	/**
	 * Return what talks to the server of a shard key, whatever the keys of the commands.
	 * They can all be in one transaction or script. While that server is left out, its
	 * fallback is used, also by a template that was got before, and so are commands sent
	 * there that hit the server when it died, if they may run twice.
	 * @param shardKey decides which server is used; may be empty
	 * @return a template to share, or to forget
	 * @throws ClusterEmptyException if all servers are left out
	 */
	public MonitoredRedisTemplate getClient(String shardKey) {
		return this.clients.get(shardKey);
	}

	/**
	 * Return what talks to the server of a shard key.
	 * @param shardKey decides which server is used; may be empty; text is in UTF-8
	 * @return a template to share, or to forget
	 * @throws ClusterEmptyException if all servers are left out
	 * @see #getClient(String)
	 */
	public MonitoredRedisTemplate getClient(byte[] shardKey) {
		return this.clients.get(shardKey);
	}

	/**
	 * Go round the servers that are in use without end, in their configured order.
	 * Iterators share their position and can be used by several threads. Each template is
	 * for one server only, and fails while it is left out.
	 * @return an iterator that throws a {@link ClusterEmptyException} as long as all
	 * servers are left out, and goes on when one returns
	 */
	@Override
	public Iterator<MonitoredRedisTemplate> iterator() {
		return this.clients.iterator();
	}

	/**
	 * Return the servers that are in use, each once, in their configured order.
	 * @return a stream that ends, of templates for one server only each
	 */
	public Stream<MonitoredRedisTemplate> stream() {
		return this.clients.stream();
	}

	/**
	 * Go round the servers that are in use a number of times. Each round meets each of
	 * them once and starts one server further than the last iteration.
	 * @param rounds the number of rounds, at least 0
	 * @return an iterable whose iterators throw a {@link ClusterEmptyException} when a
	 * round meets no server
	 */
	public Iterable<MonitoredRedisTemplate> roundControlled(int rounds) {
		return this.clients.roundControlled(rounds);
	}

	/**
	 * Make one sorted set of those that the servers hold under one key. A member that
	 * several hold has its highest score. A server that is down costs its own members
	 * only.
	 * @param key the key
	 * @param max the highest score, inclusive
	 * @param min the lowest score, inclusive
	 * @return the members with their scores, cut to whole numbers, the highest first, and
	 * the servers that are missing
	 * @throws ClusterEmptyException if all servers are left out or fail
	 */
	public MergedScores<String> zRevRangeByScoreWithIntScores(String key, double max, double min) {
		return new ScoreMerge<>(this.clients, ShardedRedisCluster::isDown).merge(
				(StringRedisTemplate template) -> template.opsForZSet().reverseRangeByScoreWithScores(key, min, max));
	}

	private static boolean isDown(RuntimeException failure) {
		return failure instanceof RedisConnectionFailureException || failure instanceof CommandTimeoutException;
	}

	/**
	 * Return the box that leaves out servers that fail.
	 * @return the box
	 */
	public PenaltyBox penaltyBox() {
		return this.box;
	}

	@Override
	public String toString() {
		return "ShardedRedisCluster[" + this.client + ", " + this.box.active() + " in use]";
	}

}
