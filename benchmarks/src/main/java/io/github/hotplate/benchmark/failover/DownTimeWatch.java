package io.github.hotplate.benchmark.failover;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

import redis.clients.jedis.Jedis;

import io.github.hotplate.test.RedisNode;

/**
 * Notes when primaries that live refuse commands because the cluster is down, by asking
 * them all the time.
 */
final class DownTimeWatch implements AutoCloseable {

	private static final long INTERVAL_MILLIS = 5;

	private final List<Jedis> primaries;

	/**
	 * Whether the cluster was down, from each moment on.
	 */
	private final NavigableMap<Long, Boolean> changes = new ConcurrentSkipListMap<>();

	private final Thread thread = new Thread(this::watch, "down-time-watch");

	DownTimeWatch(List<RedisNode> primaries) {
		this.primaries = primaries.stream().map((primary) -> new Jedis(primary.host(), primary.port())).toList();
		this.changes.put(System.nanoTime(), false);
		this.thread.start();
	}

	private void watch() {
		try {
			while (!Thread.interrupted()) {
				boolean down = this.primaries.stream().anyMatch(DownTimeWatch::isDown);
				if (down != this.changes.lastEntry().getValue()) {
					this.changes.put(System.nanoTime(), down);
				}
				Thread.sleep(INTERVAL_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean isDown(Jedis primary) {
		return primary.clusterInfo().contains("cluster_state:fail");
	}

	/**
	 * Return for how long the cluster was up within an interval.
	 * @param from the begin of the interval, as of {@link System#nanoTime()}
	 * @param to its end
	 * @return the intervals in which it was up
	 */
	List<Interval> upBetween(long from, long to) {
		NavigableMap<Long, Boolean> within = new TreeMap<>(this.changes.subMap(from, true, to, false));
		within.putIfAbsent(from, this.changes.floorEntry(from).getValue());
		return within.entrySet()
			.stream()
			.filter((change) -> !change.getValue())
			.map((change) -> new Interval(change.getKey(), next(within, change.getKey(), to)))
			.toList();
	}

	private static long next(NavigableMap<Long, Boolean> changes, long moment, long last) {
		Long next = changes.higherKey(moment);
		return (next != null) ? next : last;
	}

	@Override
	public void close() throws InterruptedException {
		this.thread.interrupt();
		this.thread.join();
		this.primaries.forEach(Jedis::close);
	}

	/**
	 * A stretch of time.
	 *
	 * @param from its begin, as of {@link System#nanoTime()}
	 * @param to its end
	 */
	record Interval(long from, long to) {

		long nanos() {
			return this.to - this.from;
		}

	}

}
