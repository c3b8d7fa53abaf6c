package io.github.hotplate.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.test.EmbeddedRedis;

/**
 * What the parts of the contract know of the client that is tested.
 */
interface ClientContract {

	/**
	 * Keys of all three primaries of a cluster, and of all three shards.
	 */
	List<String> KEYS = List.of("a", "b", "c", "d", "e", "f");

	/**
	 * Return how the servers work together.
	 * @return the mode, as it is configured and as metrics show it
	 */
	String mode();

	/**
	 * Return the servers.
	 */
	EmbeddedRedis redis();

	/**
	 * Return keys that one transaction may name.
	 */
	List<String> keysTogether();

	/**
	 * Return the application of the test.
	 */
	ContractApplication application();

	default StringRedisTemplate foo() {
		return application().foo();
	}

	default byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
