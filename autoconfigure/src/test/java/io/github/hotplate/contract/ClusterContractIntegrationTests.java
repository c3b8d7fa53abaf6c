package io.github.hotplate.contract;

import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * What a client does on a Redis Cluster.
 */
class ClusterContractIntegrationTests extends AbstractClientContractIntegrationTests {

	private static EmbeddedRedisCluster redis;

	ClusterContractIntegrationTests() {
		super("cluster");
	}

	@Override
	public EmbeddedRedis redis() {
		return redis;
	}

}
