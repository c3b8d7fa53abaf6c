package io.github.hotplate.contract;

import java.util.List;

import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisShards;

/**
 * What a client does on servers that know nothing of each other.
 */
class ShardedContractIntegrationTests extends AbstractClientContractIntegrationTests {

	private static EmbeddedRedisShards redis;

	ShardedContractIntegrationTests() {
		super("sharded");
	}

	@Override
	public EmbeddedRedis redis() {
		return redis;
	}

	// Hash tags mean nothing here: these happen to have one slot.
	@Override
	public List<String> keysTogether() {
		return List.of("user:1", "visits:1");
	}

}
