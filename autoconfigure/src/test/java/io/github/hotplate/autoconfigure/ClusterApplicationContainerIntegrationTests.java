package io.github.hotplate.autoconfigure;

import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import io.github.hotplate.test.container.RedisClusterContainer;
import io.github.hotplate.test.container.RequiresDocker;

/**
 * {@link AbstractClusterApplicationTests} on a cluster in a container.
 */
@RequiresDocker
@Testcontainers(disabledWithoutDocker = true)
class ClusterApplicationContainerIntegrationTests extends AbstractClusterApplicationTests {

	@Container
	private static final RedisClusterContainer cluster = new RedisClusterContainer();

	@Override
	String url() {
		return cluster.getUrl();
	}

	@Override
	void killPrimaryOf(String key) {
		cluster.killPrimaryOf(key);
	}

}
