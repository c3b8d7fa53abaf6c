package io.github.hotplate.autoconfigure;

import java.util.function.Consumer;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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

	private final ConfigurableListableBeanFactory beanFactory;

	private volatile boolean running;

	ClientsLifecycle(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void start() {
		// A context may be started again.
		if (!this.running) {
			this.running = true;
			forEachPool(ClusterPool::allowWaits);
		}
	}

	@Override
	public void stop() {
		this.running = false;
		forEachPool(ClusterPool::endWaits);
	}

	// Lazy beans are not made just to be stopped.
	private void forEachPool(Consumer<ClusterPool> action) {
		Stream.of(this.beanFactory.getBeanNamesForType(ClusterPool.class, true, false))
			.filter(this.beanFactory::containsSingleton)
			.map((name) -> this.beanFactory.getBean(name, ClusterPool.class))
			.forEach(action);
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
