package io.github.hotplate.pool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.SslOptions;

import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisTls;
import io.github.hotplate.test.FaultProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link WatchedSocket} loses no byte of a reply that comes late and in pieces.
 */
class WatchedSocketIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final int SIZE = 300_000;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void replyThatComesInPiecesIsRead(boolean encrypted) {
		EmbeddedRedisServer.Builder builder = EmbeddedRedisServer.builder();
		DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
			.clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
		if (encrypted) {
			EmbeddedRedisTls tls = EmbeddedRedisTls.forNames("localhost", "127.0.0.1");
			builder.tls(tls);
			config.ssl(true)
				.sslOptions(SslOptions.builder()
					.truststore(tls.trustStore().toFile(), tls.trustStorePassword().toCharArray())
					.build());
		}
		try (EmbeddedRedisServer redis = builder.start(); FaultProxy proxy = FaultProxy.to(redis.node())) {
			NodePool pool = new NodePool("foo",
					new NodeConnector("foo", new HostAndPort(proxy.host(), proxy.port()), config.build(), false),
					new ConnectionLimit(2), () -> false, System::nanoTime);
			PooledConnection connection = pool.borrow(LONG);
			CompletableFuture<Integer> pop = CompletableFuture.supplyAsync(() -> pop(connection));
			Awaitility.await()
				.until(() -> String.valueOf(redis.node().execute("INFO", "clients")).contains("blocked_clients:1"));
			CompletableFuture<Void> stutter = CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 4 && !pop.isDone(); i++) {
					proxy.freeze();
					Awaitility.await().pollDelay(Duration.ofMillis(120)).until(() -> true);
					proxy.thaw();
				}
			});
			redis.node().execute("RPUSH", "queue", "x".repeat(SIZE));
			assertThat(pop).succeedsWithin(LONG).isEqualTo(SIZE);
			assertThat(stutter).succeedsWithin(LONG);
			assertThat(connection.ping()).isTrue();
			connection.close();
			pool.close();
		}
	}

	private static int pop(PooledConnection connection) {
		CommandArguments pop = new CommandArguments(Command.BLPOP).add("queue").add("0").blocking();
		return connection.executeCommand(new CommandObject<>(pop, BuilderFactory.STRING_LIST))
			.get(1)
			.getBytes(StandardCharsets.UTF_8).length;
	}

}
