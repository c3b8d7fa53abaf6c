package io.github.hotplate.reports;

import java.util.List;

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

	private static EmbeddedRedisTls tls;

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisServer server;

	private static EmbeddedRedisSentinel group;

	private static List<EmbeddedRedis> all;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class));

	@BeforeAll
	static void start() {
		tls = EmbeddedRedisTls.forNames("localhost", "10.1.2.3");
		cluster = EmbeddedRedisCluster.builder().primaries(1).replicasPerPrimary(0).tls(tls).start();
		server = EmbeddedRedisServer.builder().tls(tls).start();
		group = EmbeddedRedisSentinel.builder().replicas(1).tls(tls).start();
		all = List.of(cluster, server, group, EmbeddedRedisShards.builder().servers(2).tls(tls).start());
	}

	@AfterAll
	static void stop() {
		all.forEach(EmbeddedRedis::close);
	}

	static List<EmbeddedRedis> all() {
		return all;
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("all")
	@Report("jedis #3270")
	void certificateForAnotherHostIsRefusedInEveryMode(EmbeddedRedis redis) {
		runner(redis, trustStoreOnly(tls)).run((context) -> {
			ClientStartupException failure = SecuredClients.startupException(context);
			assertThat(failure.getDescription()).contains("Redis client 'foo'", "The certificate of 127.0.0.1:",
					" is for localhost, 10.1.2.3 and not for 127.0.0.1", "ssl.verify_hostname");
		});
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("all")
	@Report("jedis #3270")
	void certificateForAnotherHostIsAcceptedOnRequest(EmbeddedRedis redis) {
		runner(redis, trustStoreOnly(tls)).withPropertyValues(RELAXED).run((context) -> {
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			foo.opsForValue().set("text", "x");
			assertThat(foo.opsForValue().get("text")).isEqualTo("x");
		});
	}

	@Test
	@Report("jedis #3270")
	void keyAlsoRelaxesOptionsOfJedis() {
		runner(server, SecuredClients.trust(tls))
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
				.contains("is for localhost, 10.1.2.3 and not for 127.0.0.1"));
		runner(server, SecuredClients.trust(tls)).withPropertyValues(RELAXED)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	@Report("jedis #3270")
	void untrustedCertificateIsRefusedEvenWithoutCheckOfHostName() {
		runner(server, (client, builder) -> {
		}).withPropertyValues(RELAXED)
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
				.contains("unable to find valid certification path"));
	}

	@Test
	@Report("jedis #3270")
	void certificateForTheHostIsAccepted() {
		runner(server, trustStoreOnly(tls)).withPropertyValues("foo.url=" + byName(server))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void optionsOfJedisMeanTlsWhateverTheScheme() {
		runner(server, SecuredClients.trust(tls))
			.withPropertyValues("foo.url=" + byName(server).replace("rediss:", "redis:"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	@Report("jedis #3270")
	void nodesThatAnnounceAddressesAreRefusedBeforeAnythingIsSent() {
		runner(cluster, trustStoreOnly(tls))
			.withPropertyValues("foo.url=" + byName(cluster), "foo.retry.deadline=500 milliseconds")
			.run((context) -> {
				StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
				assertThatExceptionOfType(NodeUnreachableException.class)
					.isThrownBy(() -> foo.opsForValue().increment("count"))
					.withMessageContaining("The certificate of " + cluster.nodes().get(0)
							+ " is for localhost, 10.1.2.3 and not for 127.0.0.1")
					.withMessageContaining("cluster-announce-hostname");
			});
	}

	@Test
	@Report("jedis #3270")
	void primaryWhoseAddressSentinelsAnnounceIsRefused() {
		runner(group, trustStoreOnly(tls)).withPropertyValues("foo.url=" + byName(group))
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription()).contains(
					"No Sentinel of Redis client 'foo'", "names a working primary",
					"The certificate of " + group.primary() + " is for localhost, 10.1.2.3 and not for 127.0.0.1",
					"announce-hostnames"));
	}

	private ApplicationContextRunner runner(EmbeddedRedis redis, JedisClientCustomizer trust) {
		return this.contextRunner.withBean(JedisClientCustomizer.class, () -> trust)
			.withPropertyValues("foo.url=" + redis.url(), "foo.mode=" + mode(redis));
	}

	private static String byName(EmbeddedRedis redis) {
		return redis.url().replace("127.0.0.1", "localhost");
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

}
