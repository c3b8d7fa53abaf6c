package io.github.hotplate.reports;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

/**
 * Tests with a client of every mode.
 */
@ExtendWith(EmbeddedRedisExtension.class)
public abstract class EveryMode {

	protected static ClientsOfAllModes clients;

	@BeforeAll
	static void startClients(EmbeddedRedisCluster cluster, EmbeddedRedisSentinel sentinel,
			EmbeddedRedisServer standalone, EmbeddedRedisShards sharded) {
		clients = new ClientsOfAllModes(cluster, sentinel, standalone, sharded);
	}

	@AfterAll
	static void closeClients() {
		clients.close();
	}

}
