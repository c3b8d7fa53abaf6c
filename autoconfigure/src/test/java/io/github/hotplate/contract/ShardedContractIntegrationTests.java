package io.github.hotplate.contract;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;

/**
 * What a client does on servers that know nothing of each other.
 */
class ShardedContractIntegrationTests extends AbstractClientContractIntegrationTests {

	private static List<EmbeddedRedisServer> servers = List.of();

	ShardedContractIntegrationTests() {
		super("sharded");
	}

	@BeforeAll
	static void startServers() {
		servers = Stream.generate(() -> EmbeddedRedisServer.builder().start()).limit(3).toList();
	}

	@AfterAll
	static void stopServers() {
		servers.forEach(EmbeddedRedisServer::close);
	}

	@Override
	EmbeddedRedis redis() {
		return servers.get(0);
	}

	@Override
	void flush() {
		servers.forEach(EmbeddedRedis::flush);
	}

	@Override
	List<RedisNode> nodes() {
		return servers.stream().map(EmbeddedRedisServer::node).toList();
	}

	@Override
	String url() {
		return "redis://" + nodes().stream().map(RedisNode::toString).collect(Collectors.joining(","));
	}

	// Hash tags mean nothing here: these happen to have one slot.
	@Override
	List<String> keysTogether() {
		return List.of("user:1", "visits:1");
	}

}
