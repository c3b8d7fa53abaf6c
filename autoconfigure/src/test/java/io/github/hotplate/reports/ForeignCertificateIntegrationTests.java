package io.github.hotplate.reports;

import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.SslOptions;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.autoconfigure.SecuredClients;
import io.github.hotplate.client.ClientStartupException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.pool.JedisClientCustomizer;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.EmbeddedRedisTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers whose certificates are trusted and do not name the host that a client connects
 * to.
 */
class ForeignCertificateIntegrationTests {

	private static final String RELAXED = "foo.ssl.verify_hostname=false";

	private static EmbeddedRedisTls foreign;

	private static EmbeddedRedisTls named;

	private static List<EmbeddedRedis> foreigners;

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisCluster announcingAddresses;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class));

	@BeforeAll
	static void start() {
		foreign = EmbeddedRedisTls.forNames("redis.example.com", "10.1.2.3");
		named = EmbeddedRedisTls.forNames("localhost");
		cluster = EmbeddedRedisCluster.builder().primaries(1).replicasPerPrimary(0).tls(foreign).start();
		announcingAddresses = EmbeddedRedisCluster.builder().primaries(1).replicasPerPrimary(0).tls(named).start();
		foreigners = List.of(cluster, EmbeddedRedisServer.builder().tls(foreign).start(),
				EmbeddedRedisSentinel.builder().replicas(1).tls(foreign).start(),
				EmbeddedRedisShards.builder().servers(2).tls(foreign).start());
	}

	@AfterAll
	static void stop() {
		announcingAddresses.close();
		foreigners.forEach(EmbeddedRedis::close);
	}

	static List<EmbeddedRedis> foreigners() {
		return foreigners;
	}

	@ParameterizedTest
	@MethodSource("foreigners")
	@Report("jedis #3270")
	void certificateForAnotherHostIsRefusedInEveryMode(EmbeddedRedis redis) {
		runner(redis, foreign, ForeignCertificateIntegrationTests::trustStoreOnly).run((context) -> {
			ClientStartupException failure = SecuredClients.startupException(context);
			assertThat(failure.getDescription()).contains("Redis client 'foo'",
					"The certificate of " + address(redis) + " is for redis.example.com, 10.1.2.3 and not for 127.0.0.1",
					"ssl.verify_hostname");
		});
	}

	@ParameterizedTest
	@MethodSource("foreigners")
	@Report("jedis #3270")
	void certificateForAnotherHostIsAcceptedOnRequest(EmbeddedRedis redis) {
		runner(redis, foreign, ForeignCertificateIntegrationTests::trustStoreOnly).withPropertyValues(RELAXED)
			.run((context) -> {
				StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
				foo.opsForValue().set("text", "x");
				assertThat(foo.opsForValue().get("text")).isEqualTo("x");
			});
	}

	@Test
	@Report("jedis #3270")
	void keyAlsoRelaxesOptionsOfJedis() {
		runner(cluster, foreign, SecuredClients::trust)
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
				.contains("is for redis.example.com, 10.1.2.3 and not for 127.0.0.1"));
		runner(cluster, foreign, SecuredClients::trust).withPropertyValues(RELAXED)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	@Report("jedis #3270")
	void untrustedCertificateIsRefusedEvenWithoutCheckOfHostName() {
		runner(cluster, named, ForeignCertificateIntegrationTests::trustStoreOnly).withPropertyValues(RELAXED)
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
				.contains("unable to find valid certification path"));
	}

	@Test
	@Report("jedis #3270")
	void nodesThatAnnounceAddressesAreRefusedBeforeAnythingIsSent() {
		runner(announcingAddresses, named, ForeignCertificateIntegrationTests::trustStoreOnly)
			.withPropertyValues("foo.url=" + announcingAddresses.url().replace("127.0.0.1", "localhost"),
					"foo.retry.deadline=1 second")
			.run((context) -> {
				StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
				assertThatExceptionOfType(NodeUnreachableException.class)
					.isThrownBy(() -> foo.opsForValue().increment("count"))
					.withMessageContaining("The certificate of " + address(announcingAddresses)
							+ " is for localhost and not for 127.0.0.1")
					.withMessageContaining("cluster-announce-hostname");
			});
	}

	private ApplicationContextRunner runner(EmbeddedRedis redis, EmbeddedRedisTls trusted,
			Function<EmbeddedRedisTls, JedisClientCustomizer> trust) {
		return this.contextRunner.withBean(JedisClientCustomizer.class, () -> trust.apply(trusted))
			.withPropertyValues("foo.url=" + redis.url(), "foo.mode=" + mode(redis));
	}

	private static String mode(EmbeddedRedis redis) {
		if (redis instanceof EmbeddedRedisCluster) {
			return "cluster";
		}
		if (redis instanceof EmbeddedRedisSentinel) {
			return "sentinel";
		}
		return (redis instanceof EmbeddedRedisServer) ? "standalone" : "sharded";
	}

	// Jedis checks no host names where it gets the trust store in this way.
	private static JedisClientCustomizer trustStoreOnly(EmbeddedRedisTls tls) {
		return (client, builder) -> {
			try {
				builder.sslSocketFactory(SslOptions.builder()
					.truststore(tls.trustStore().toFile(), tls.trustStorePassword().toCharArray())
					.build()
					.createSslContext()
					.getSocketFactory());
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

	private static String address(EmbeddedRedis redis) {
		return redis.nodes().get(0).host();
	}

}
