package io.github.hotplate.sharding;

import java.util.Iterator;
import java.util.stream.Stream;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.util.ConcurrentLruCache;

import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.execution.CommandTimeoutException;
import io.github.hotplate.penalty.ClusterEmptyException;
import io.github.hotplate.penalty.PenaltyBox;
import io.github.hotplate.template.ClusterRedisContextFactory;
import io.github.hotplate.template.MonitoredRedisTemplate;

/**
 * The servers of a sharded client, for applications that choose the server themselves: by
 * a key other than that of the command, or one server after the other. The client's own
 * template chooses the server by the keys of each command. Commands of both are measured,
 * traced and watched by the penalty box alike. Thread-safe.
 *
 * @since 0.1.0
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's FlusterCluster</a>
 */
public final class ShardedRedisCluster implements Iterable<MonitoredRedisTemplate> {

	/**
	 * Few servers have few slots. With many servers, templates beyond this number are
	 * created again when needed, which takes a few microseconds.
	 */
	private static final int TEMPLATES = 1_024;

	private final String client;

	private final PenaltyBox box;

	private final ShardedClients<MonitoredRedisTemplate> clients;

	private final ScoreMerge<MonitoredRedisTemplate> merge;

	/**
	 * Create an instance.
	 * @param client the name of the client
	 * @param connectionFactory creates the client's connections
	 * @param box knows the servers and which of them are ejected
	 */
	public ShardedRedisCluster(String client, MonitoredRedisConnectionFactory connectionFactory, PenaltyBox box) {
		this.client = client;
		this.box = box;
		ConcurrentLruCache<Integer, MonitoredRedisTemplate> bySlot = new ConcurrentLruCache<>(TEMPLATES,
				(slot) -> template(connectionFactory.forSlot(slot)));
		this.clients = new ShardedClients<>(
				box.active().nodes().stream().map((node) -> template(connectionFactory.forNode(node))).toList(),
				bySlot::get, box::active);
		this.merge = new ScoreMerge<>(client, this.clients, ShardedRedisCluster::isDown);
	}

	private MonitoredRedisTemplate template(MonitoredRedisConnectionFactory connectionFactory) {
		return new ClusterRedisContextFactory(this.client, connectionFactory).createTemplate();
	}

	/**
	 * Return the name of the client.
	 * @return the name, such as {@code foo}
	 */
	public String name() {
		return this.client;
	}

	/**
	 * Return a template for the server of a shard key, regardless of the keys of the
	 * commands. One transaction or script can use any of them. While the server is
	 * ejected, its commands go to the fallback, also those of a template obtained
	 * earlier. A command that was in flight when the server died is retried there if it
	 * may run twice.
	 * @param shardKey selects the server; may be empty
	 * @return a template that may be shared or discarded
	 * @throws ClusterEmptyException if all servers are ejected
	 */
	public MonitoredRedisTemplate getClient(String shardKey) {
		return this.clients.get(shardKey);
	}

	/**
	 * Return a template for the server of a shard key.
	 * @param shardKey selects the server; may be empty; text is in UTF-8
	 * @return a template that may be shared or discarded
	 * @throws ClusterEmptyException if all servers are ejected
	 * @see #getClient(String)
	 */
	public MonitoredRedisTemplate getClient(byte[] shardKey) {
		return this.clients.get(shardKey);
	}

	/**
	 * Cycle endlessly through the servers in use, in their configured order. Iterators
	 * share their position and are thread-safe. Each template is for one server only, and
	 * fails while that server is ejected.
	 * @return an iterator that throws a {@link ClusterEmptyException} as long as all
	 * servers are ejected, and continues when one returns
	 */
	@Override
	public Iterator<MonitoredRedisTemplate> iterator() {
		return this.clients.iterator();
	}

	/**
	 * Return a template for each server in use, each once, in their configured order.
	 * @return a finite stream of templates for one server each
	 */
	public Stream<MonitoredRedisTemplate> stream() {
		return this.clients.stream();
	}

	/**
	 * Iterate over the servers in use a number of times. Each round visits each of them
	 * once and starts one server after the start of the last iteration.
	 * @param rounds the number of rounds, at least 0
	 * @return an iterable whose iterators throw a {@link ClusterEmptyException} when a
	 * round finds no server in use
	 */
	public Iterable<MonitoredRedisTemplate> roundControlled(int rounds) {
		return this.clients.roundControlled(rounds);
	}

	/**
	 * Merge the sorted sets that the servers hold under one key. A member on several
	 * servers gets its highest score. If a server is down, only its own members are
	 * missing.
	 * @param key the key
	 * @param max the highest score, inclusive
	 * @param min the lowest score, inclusive
	 * @return the members with their scores, truncated to whole numbers, the highest
	 * first, and the missing servers
	 * @throws ClusterEmptyException if all servers are ejected or fail
	 */
	public MergedScores<String> zRevRangeByScoreWithIntScores(String key, double max, double min) {
		return this.merge.merge((template) -> template.opsForZSet().reverseRangeByScoreWithScores(key, min, max));
	}

	private static boolean isDown(RuntimeException failure) {
		return failure instanceof RedisConnectionFailureException || failure instanceof CommandTimeoutException;
	}

	/**
	 * Return the penalty box, which ejects servers that fail.
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
