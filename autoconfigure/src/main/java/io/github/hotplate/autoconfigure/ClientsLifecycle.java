package io.github.hotplate.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

import io.github.hotplate.client.ClusterPool;

/**
 * Ends what waits in Redis when an application stops. Web servers and message listeners
 * stop before, so that requests in flight may finish. Executors and beans that wait for
 * their tasks stop afterwards, and no task is still blocked by then. All other commands
 * work until the clients are closed with the other beans.
 */
final class ClientsLifecycle implements SmartLifecycle {

	/**
	 * Below the phase in which web servers stop, above that of Spring's task executors.
	 */
	static final int PHASE = DEFAULT_PHASE - 4_096;

	private final ObjectProvider<ClusterPool> pools;

	private volatile boolean running;

	ClientsLifecycle(ObjectProvider<ClusterPool> pools) {
		this.pools = pools;
	}

	@Override
	public void start() {
		// A context may be started again.
		if (!this.running) {
			this.running = true;
			this.pools.forEach(ClusterPool::allowWaits);
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.pools.forEach(ClusterPool::endWaits);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
