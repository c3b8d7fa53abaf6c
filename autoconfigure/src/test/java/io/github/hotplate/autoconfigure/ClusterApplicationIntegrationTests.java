package io.github.hotplate.autoconfigure;

import org.junit.jupiter.api.extension.ExtendWith;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

/**
 * {@link AbstractClusterApplicationTests} on an embedded cluster.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ClusterApplicationIntegrationTests extends AbstractClusterApplicationTests {

	private static EmbeddedRedisCluster cluster;

	@Override
	String url() {
		return cluster.url();
	}

	@Override
	void killPrimaryOf(String key) {
		cluster.primaryOf(key).kill();
	}

}
