package io.github.hotplate.contract;

import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisSentinel;

/**
 * What a client does on a primary that Sentinels name.
 */
class SentinelContractIntegrationTests extends AbstractClientContractIntegrationTests {

	private static EmbeddedRedisSentinel redis;

	SentinelContractIntegrationTests() {
		super("sentinel");
	}

	@Override
	public EmbeddedRedis redis() {
		return redis;
	}

}
