package io.github.hotplate.contract;

import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisServer;

/**
 * What a client does on a single server.
 */
class StandaloneContractIntegrationTests extends AbstractClientContractIntegrationTests {

	private static EmbeddedRedisServer redis;

	StandaloneContractIntegrationTests() {
		super("standalone");
	}

	@Override
	public EmbeddedRedis redis() {
		return redis;
	}

}
