package io.github.hotplate.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientsLifecycle}.
 */
class ClientsLifecycleTests {

	private final ClientsLifecycle lifecycle = new ClientsLifecycle(new DefaultListableBeanFactory());

	@Test
	void stopsAfterWebServersAndListenersAndBeforeExecutors() {
		assertThat(this.lifecycle.getPhase()).isLessThan(SmartLifecycle.DEFAULT_PHASE)
			.isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
			.isGreaterThan(new ThreadPoolTaskExecutor().getPhase());
	}

	@Test
	void mayStartAgain() {
		this.lifecycle.start();
		assertThat(this.lifecycle.isRunning()).isTrue();
		this.lifecycle.stop();
		assertThat(this.lifecycle.isRunning()).isFalse();
		this.lifecycle.start();
		assertThat(this.lifecycle.isRunning()).isTrue();
	}

}
