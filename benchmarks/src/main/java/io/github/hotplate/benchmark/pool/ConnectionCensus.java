package io.github.hotplate.benchmark.pool;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;

import io.github.hotplate.test.RedisNode;

/**
 * Counts a client's connections as the servers see them, all the time.
 * <p>
 * The nodes cannot be asked at the same instant, so that a connection closed here and one
 * opened there in its place may both be seen. Connections seen in two counts in a row
 * were all open at the moment between: their number never errs upwards.
 */
final class ConnectionCensus implements AutoCloseable {

	private static final Pattern ID = Pattern.compile("\\bid=(\\d+)");

	private static final long INTERVAL_MILLIS = 10;

	private final List<Jedis> nodes;

	private final Set<String> own;

	private final Thread thread = new Thread(this::count, "connection-census");

	private volatile int mostAtOnce;

	private final LongAdder counts = new LongAdder();

	ConnectionCensus(List<RedisNode> nodes) {
		this.nodes = nodes.stream().map((node) -> new Jedis(node.host(), node.port())).toList();
		this.own = this.nodes.stream()
			.map((node) -> id(node, String.valueOf(node.clientId())))
			.collect(Collectors.toUnmodifiableSet());
		this.thread.start();
	}

	private void count() {
		try {
			Set<String> before = Set.of();
			while (!Thread.interrupted()) {
				Set<String> now = connections();
				Set<String> both = new HashSet<>(now);
				both.retainAll(before);
				this.mostAtOnce = Math.max(this.mostAtOnce, both.size());
				this.counts.increment();
				before = now;
				Thread.sleep(INTERVAL_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Set<String> connections() {
		Set<String> ids = this.nodes.stream()
			.flatMap((node) -> ID.matcher(node.clientList(ClientType.NORMAL))
				.results()
				.map((result) -> id(node, result.group(1))))
			.collect(Collectors.toCollection(HashSet::new));
		ids.removeAll(this.own);
		return ids;
	}

	private static String id(Jedis node, String id) {
		return System.identityHashCode(node) + "#" + id;
	}

	/**
	 * Return the most connections that were open at the same time.
	 * @return the largest count
	 */
	int mostAtOnce() {
		return this.mostAtOnce;
	}

	long counts() {
		return this.counts.sum();
	}

	@Override
	public void close() throws InterruptedException {
		this.thread.interrupt();
		this.thread.join();
		this.nodes.forEach(Jedis::close);
	}

}
