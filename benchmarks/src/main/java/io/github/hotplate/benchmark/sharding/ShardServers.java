package io.github.hotplate.benchmark.sharding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.hotplate.sharding.ShardPlacement;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;

/**
 * Servers that know nothing of each other.
 */
final class ShardServers implements AutoCloseable {

	private final List<EmbeddedRedisServer> servers = new ArrayList<>();

	private final ShardPlacement placement;

	private ShardServers(int count) {
		this.placement = new ShardPlacement(count);
	}

	static ShardServers start(int count) {
		ShardServers servers = new ShardServers(count);
		try {
			for (int server = 0; server < count; server++) {
				servers.servers.add(EmbeddedRedisServer.builder().start());
			}
			return servers;
		}
		catch (RuntimeException ex) {
			servers.close();
			throw ex;
		}
	}

	RedisNode node(int server) {
		return this.servers.get(server).node();
	}

	String url() {
		return this.servers.stream()
			.map((server) -> server.node().toString())
			.collect(Collectors.joining(",", "redis://", ""));
	}

	/**
	 * Make keys that one server has while all are in use.
	 * @param server the position of the server
	 * @param prefix how the keys begin
	 * @param count how many
	 * @return the keys
	 */
	List<String> keysOf(int server, String prefix, int count) {
		return Stream.iterate(0, (number) -> number + 1)
			.map((number) -> prefix + number)
			.filter((key) -> server(key) == server)
			.limit(count)
			.toList();
	}

	private int server(String key) {
		return this.placement.slot(key.getBytes(StandardCharsets.UTF_8)) % this.servers.size();
	}

	@Override
	public void close() {
		this.servers.forEach(EmbeddedRedisServer::close);
	}

}
