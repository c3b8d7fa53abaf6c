package io.github.hotplate.sharding;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sharded client on three servers that are well.
 */
@ExtendWith(EmbeddedRedisExtension.class)
abstract class AbstractShardedClientIntegrationTests {

	static EmbeddedRedisShards servers;

	static ShardedApplication application;

	final MonitoredRedisTemplate foo = application.foo();

	final ShardedRedisCluster shards = application.shards();

	@BeforeAll
	static void start() {
		servers.awaitHealthy();
		application = ShardedApplication.start(servers.url());
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@BeforeEach
	void flush() {
		servers.flush();
	}

	/**
	 * Find out where keys are.
	 * @param keys the keys
	 * @return the position of the server that has it, for each key that there is
	 */
	static Map<String, Integer> places(List<String> keys) {
		Map<String, Integer> places = new TreeMap<>();
		for (int server = 0; server < servers.nodes().size(); server++) {
			for (String key : Set.copyOf(keys)) {
				if (Long.valueOf(1).equals(servers.nodes().get(server).execute("EXISTS", key))) {
					assertThat(places.put(key, server)).isNull();
				}
			}
		}
		return places;
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
