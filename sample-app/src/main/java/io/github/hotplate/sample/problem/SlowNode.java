package io.github.hotplate.sample.problem;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.RedisNode;

/**
 * Keeps a primary of the embedded Redis busy, as the slow commands of another application
 * would: it sleeps for 20 milliseconds, answers who has come in the meantime, and sleeps
 * again. Its death is the end of it.
 */
@Component
class SlowNode implements DisposableBean {

	private static final Duration SLEEP = Duration.ofMillis(20);

	private final ObjectProvider<EmbeddedRedis> redis;

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(SlowNode::thread);

	private @Nullable RedisNode node;

	private @Nullable Future<?> work;

	SlowNode(ObjectProvider<EmbeddedRedis> redis) {
		this.redis = redis;
	}

	/**
	 * Tell whether there is a node that can be slowed.
	 * @return whether the application has started its Redis
	 */
	boolean isPossible() {
		return this.redis.getIfAvailable() != null;
	}

	/**
	 * Slow a primary, unless one is slow already.
	 */
	synchronized void slowDown() {
		if (!isSlow()) {
			RedisNode primary = primary();
			// A server that refuses says so at once.
			sleep(primary, Duration.ZERO);
			this.node = primary;
			this.work = this.executor.scheduleWithFixedDelay(() -> sleep(primary, SLEEP), 0, 1, TimeUnit.MICROSECONDS);
		}
	}

	private static void sleep(RedisNode node, Duration time) {
		node.execute("DEBUG", "SLEEP", Double.toString(time.toMillis() / 1000.0));
	}

	synchronized void release() {
		if (this.work != null) {
			this.work.cancel(false);
		}
	}

	synchronized boolean isSlow() {
		// A failure, such as that of a node that has been killed, ends the work.
		return this.work != null && !this.work.isDone();
	}

	/**
	 * Return the node that is slow, or was so last.
	 * @return the node, or {@code null} if none was slowed
	 */
	synchronized @Nullable RedisNode node() {
		return this.node;
	}

	private RedisNode primary() {
		return this.redis.getObject()
			.nodes()
			.stream()
			.filter(RedisNode::isRunning)
			.filter((candidate) -> candidate.execute("ROLE") instanceof List<?> role && "master".equals(role.get(0)))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No primary of the embedded Redis runs"));
	}

	private static Thread thread(Runnable work) {
		Thread thread = new Thread(work, "slow-node");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

}
