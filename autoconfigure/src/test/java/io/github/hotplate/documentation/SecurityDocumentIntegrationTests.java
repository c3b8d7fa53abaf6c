package io.github.hotplate.documentation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.listener.Topic;

import io.github.hotplate.actuate.RedisClientsEndpoint;
import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs each feature with the rights that {@code security.md} grants for it, as they are
 * written there.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SecurityDocumentIntegrationTests {

	private static final Document DOCUMENT = Document.of("security.md");

	private static final Pattern GRANT = Pattern.compile("\\+([\\w|-]+)");

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisSentinel group;

	private static EmbeddedRedisServer server;

	private static EmbeddedRedisShards shards;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, CacheAutoConfiguration.class))
		.withUserConfiguration(Caching.class)
		.withPropertyValues("foo.username=app", "foo.password=s3cret", "spring.cache.type=redis",
				"spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=redisclients");

	@AfterAll
	static void removeUsers() {
		Stream.of(cluster, group, server, shards)
			.flatMap((redis) -> redis.nodes().stream())
			.forEach((node) -> node.execute("ACL", "DELUSER", "app"));
		group.sentinels().forEach((sentinel) -> sentinel.execute("ACL", "DELUSER", "watcher"));
		cluster.flush();
	}

	@ParameterizedTest
	@EnumSource
	void rightsAreEnough(Feature feature) {
		grant(cluster.nodes(), lines("Every client", "Your commands", "Mode cluster", feature.heading));
		clients(feature).run((context) -> {
			feature.use(context);
			Awaitility.await()
				.untilAsserted(() -> assertThat(sent(cluster.nodes())).containsAll(granted(feature.heading)));
		});
		assertThat(refused(cluster.nodes())).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "REPLICAS", "NAMES" })
	void connectionsAreNotPreparedWithoutRights(Feature feature) {
		grant(cluster.nodes(), lines("Every client", "Your commands", "Mode cluster"));
		clients(feature).run((context) -> {
			assertThat(refused(cluster.nodes())).isNotEmpty();
			assertThat(granted(feature.heading)).containsAll(refused(cluster.nodes()));
		});
	}

	@Test
	void nothingWorksWithoutRights() {
		List<String> lines = lines("Every client", "Your commands", "Mode cluster");
		grant(cluster.nodes(), lines);
		List<Feature> features = new ArrayList<>(EnumSet.complementOf(EnumSet.of(Feature.REPLICAS, Feature.NAMES)));
		// It closes the client.
		features.sort(Comparator.comparing(Feature.BLOCKING::equals));
		clients(Feature.HOT_KEYS).run((context) -> assertThat(features).allSatisfy((feature) -> {
			attempt(() -> feature.use(context));
			Awaitility.await()
				.untilAsserted(() -> assertThat(refused(cluster.nodes())).containsAnyElementsOf(needed(feature)));
		}));
	}

	private static List<String> needed(Feature feature) {
		return (feature != Feature.CACHES) ? granted(feature.heading) : List.of("setnx", "del", "scan");
	}

	@Test
	void rightsOfClusterAreEnough() {
		grant(cluster.nodes(), lines("Every client", "Your commands", "Mode cluster"));
		this.contextRunner.withPropertyValues("foo.url=" + cluster.url()).run((context) -> {
			readAndWrite(context);
			readWhileSlotMoves(context, "app:moving");
		});
		assertThat(sent(cluster.nodes())).containsAll(granted("Every client", "Your commands", "Mode cluster"));
		assertThat(refused(cluster.nodes())).isEmpty();
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource
	void rightsOfModeAreEnough(EmbeddedRedis redis, String mode, String heading) {
		List<String> own = lines(heading).subList(0, 1);
		grant(redis.nodes(), Stream.concat(lines("Every client", "Your commands").stream(), own.stream()).toList());
		this.contextRunner.withPropertyValues("foo.url=" + redis.url(), "foo.mode=" + mode).run((context) -> {
			readAndWrite(context);
			Awaitility.await()
				.untilAsserted(() -> assertThat(sent(redis.nodes())).contains("ping", "get", "set", "info", "role"));
		});
		assertThat(refused(redis.nodes())).isEmpty();
	}

	static Stream<Object[]> rightsOfModeAreEnough() {
		return Stream.of(new Object[] { server, "standalone", "Modes standalone and sharded" },
				new Object[] { shards, "sharded", "Modes standalone and sharded" },
				new Object[] { group, "sentinel", "Mode sentinel" });
	}

	@Test
	void rightsOnSentinelsAreEnoughAndEachIsNeeded() {
		List<String> lines = lines("Mode sentinel");
		grant(group.nodes(), List.of(lines("Every client").get(0), lines("Your commands").get(0), lines.get(0)));
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues("foo.url=" + group.url(),
				"foo.sentinel_username=watcher", "foo.sentinel_password=s3cret");
		grant(group.sentinels(), lines.subList(1, 2));
		runner.run((context) -> readAndWrite(context));
		assertThat(refused(group.sentinels())).isEmpty();
		assertThat(granted(lines.get(1))).hasSize(5).allSatisfy((command) -> {
			grant(group.sentinels(), List.of(lines.get(1), "ACL SETUSER watcher -" + command));
			runner.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(refused(group.sentinels())).contains(command)));
		});
	}

	@Test
	void allBlocksAreTried() {
		List<String> headings = Pattern.compile("(?m)^### (.+)$")
			.matcher(DOCUMENT.text())
			.results()
			.map((heading) -> heading.group(1))
			.filter((heading) -> !lines(heading).isEmpty())
			.toList();
		assertThat(headings).hasSize(Feature.values().length + 5)
			.containsAll(Stream.of(Feature.values()).map((feature) -> feature.heading).toList());
	}

	private ApplicationContextRunner clients(Feature feature) {
		return this.contextRunner.withPropertyValues("foo.url=" + cluster.url()).withPropertyValues(feature.properties);
	}

	private static List<String> lines(String... headings) {
		return Stream.of(headings)
			.flatMap((heading) -> section(heading).lines().filter((line) -> line.startsWith("ACL SETUSER ")))
			.toList();
	}

	private static String section(String heading) {
		String text = DOCUMENT.text();
		int begin = text.indexOf("\n### " + heading + "\n");
		assertThat(begin).as(heading).isPositive();
		int end = text.indexOf("\n##", begin + 1);
		return text.substring(begin, end);
	}

	private static List<String> granted(String... headings) {
		return lines(headings).stream().flatMap((line) -> granted(line).stream()).toList();
	}

	private static List<String> granted(String line) {
		if (!line.startsWith("ACL ")) {
			return granted(new String[] { line });
		}
		return GRANT.matcher(line).results().map((grant) -> grant.group(1)).toList();
	}

	private static void grant(List<RedisNode> nodes, List<String> lines) {
		String user = lines.get(0).split(" ")[2];
		Stream<String> rights = lines.stream().flatMap((line) -> Stream.of(line.split(" ")).skip(3));
		String[] command = Stream.concat(Stream.of("ACL", "SETUSER", user, "reset"), rights).toArray(String[]::new);
		for (RedisNode node : nodes) {
			node.execute(command);
			node.execute("ACL", "LOG", "RESET");
			if (user.equals("app")) {
				node.execute("CONFIG", "RESETSTAT");
			}
		}
	}

	private static List<String> sent(List<RedisNode> nodes) {
		return nodes.stream()
			.flatMap((node) -> String.valueOf(node.execute("INFO", "commandstats")).lines())
			.filter((line) -> line.startsWith("cmdstat_") && !line.contains(":calls=0,"))
			.map((line) -> line.substring("cmdstat_".length(), line.indexOf(':')))
			.toList();
	}

	private static List<String> refused(List<RedisNode> nodes) {
		List<String> refused = new ArrayList<>();
		for (RedisNode node : nodes) {
			for (Object entry : (List<?>) node.execute("ACL", "LOG")) {
				List<?> fields = (List<?>) entry;
				refused.add(String.valueOf(fields.get(fields.indexOf("object") + 1)));
			}
		}
		return refused;
	}

	private static void attempt(Runnable code) {
		try {
			code.run();
		}
		catch (DataAccessException ex) {
			assertThat(ex).rootCause().hasMessageContaining("NOPERM");
		}
	}

	private static StringRedisTemplate foo(ApplicationContext context) {
		return context.getBean("foo", StringRedisTemplate.class);
	}

	private static void readAndWrite(ApplicationContext context) {
		IntStream.range(0, 20).mapToObj((i) -> "app:" + i).forEach((key) -> {
			foo(context).opsForValue().set(key, "x");
			assertThat(foo(context).opsForValue().get(key)).isEqualTo("x");
		});
	}

	private static void readWhileSlotMoves(ApplicationContext context, String key) {
		RedisNode source = cluster.primaryOf(key);
		RedisNode target = cluster.nodes()
			.stream()
			.filter((node) -> !cluster.replicasOf(node).isEmpty() && node != source)
			.findFirst()
			.orElseThrow();
		String slot = String.valueOf(source.execute("CLUSTER", "KEYSLOT", key));
		target.execute("CLUSTER", "SETSLOT", slot, "IMPORTING", source.id());
		source.execute("CLUSTER", "SETSLOT", slot, "MIGRATING", target.id());
		assertThat(foo(context).opsForValue().get(key)).isNull();
		Stream.of(source, target).forEach((node) -> node.execute("CLUSTER", "SETSLOT", slot, "STABLE"));
	}

	/**
	 * What a client of a cluster may use, each with the section that grants it.
	 */
	enum Feature {

		REPLICAS("Reads from replicas", "foo.read_preference=replica") {

			@Override
			void use(ApplicationContext context) {
				Awaitility.await().until(() -> sent(cluster.nodes()).contains("cluster|nodes") && read(context));
			}

			private boolean read(ApplicationContext context) {
				return foo(context).opsForValue().get("app:none") == null;
			}

		},

		TRANSACTIONS("Transactions") {

			@Override
			void use(ApplicationContext context) {
				foo(context).execute(new SessionCallback<>() {

					@Override
					@SuppressWarnings("unchecked")
					public <K, V> Object execute(RedisOperations<K, V> operations) {
						RedisOperations<String, String> redis = (RedisOperations<String, String>) operations;
						redis.watch("app:watched");
						redis.unwatch();
						redis.watch("app:watched");
						redis.multi();
						redis.opsForValue().set("app:watched", "x");
						return redis.exec();
					}

				});
			}

		},

		SCRIPTS("Scripts") {

			@Override
			void use(ApplicationContext context) {
				String script = "return redis.call('GET', KEYS[1]) -- " + System.nanoTime();
				foo(context).execute(RedisScript.of(script, String.class), List.of("app:read"));
			}

		},

		CACHES("Scans and caches") {

			@Override
			void use(ApplicationContext context) {
				Cache cache = context.getBean(CacheManager.class).getCache("app:squares");
				cache.put("2", "4");
				assertThat(cache.get("2", String.class)).isEqualTo("4");
				cache.putIfAbsent("3", "9");
				cache.evict("3");
				cache.clear();
				try (Cursor<String> cursor = foo(context).scan(ScanOptions.scanOptions().match("app:*").build())) {
					assertThat(cursor.stream()).doesNotContain("app:none");
				}
			}

		},

		STEPS("Commands in steps") {

			@Override
			void use(ApplicationContext context) {
				foo(context).opsForValue().set("app:old", "x");
				foo(context).rename("app:old", "app:{new}");
				foo(context).rename("app:{new}", "app:{new}er");
			}

		},

		BLOCKING("Blocking commands") {

			@Override
			void use(ApplicationContext context) {
				CompletableFuture<String> element = CompletableFuture
					.supplyAsync(() -> foo(context).opsForList().leftPop("app:empty", Duration.ofMinutes(1)));
				Awaitility.await()
					.until(() -> element.isDone() || refused(cluster.nodes()).contains("client|info")
							|| sent(cluster.nodes()).contains("client|info"));
				context.getBean(ClusterPool.class).close();
				Awaitility.await().until(element::isDone);
			}

		},

		SUBSCRIPTIONS("Subscriptions") {

			@Override
			void use(ApplicationContext context) {
				listen(factory(context), ChannelTopic.of("app:news"), ChannelTopic.of("app:left"));
				listen(factory(context), PatternTopic.of("app:*"), ChannelTopic.of("app:left"));
				foo(context).convertAndSend("app:news", "x");
			}

		},

		EVENTS("Events of keys") {

			@Override
			void use(ApplicationContext context) {
				listen(factory(context), PatternTopic.of("__keyevent@*"), PatternTopic.of("__keyspace@*"));
			}

		},

		SHARD_CHANNELS("Shard channels") {

			@Override
			void use(ApplicationContext context) {
				MonitoredRedisConnectionFactory shardChannels = factory(context).forShardChannels();
				listen(shardChannels, ChannelTopic.of("app:{x}news"), ChannelTopic.of("app:{x}left"));
				new StringRedisTemplate(shardChannels).convertAndSend("app:news", "x");
			}

		},

		RAW("Raw commands") {

			@Override
			void use(ApplicationContext context) {
				foo(context).execute((RedisCallback<Object>) (connection) -> connection.execute("OBJECT",
						"ENCODING".getBytes(), "app:raw".getBytes()));
			}

		},

		HOT_KEYS("Hot keys", "foo.track_key_reads_sample_rate=1", "foo.hot_keys.flush_interval=50 ms") {

			@Override
			void use(ApplicationContext context) {
				foo(context).opsForValue().get("app:hot");
			}

		},

		ENDPOINT("Endpoint of clients") {

			@Override
			void use(ApplicationContext context) {
				assertThat(context.getBean(RedisClientsEndpoint.class).client("foo")).isNotNull();
			}

		},

		NAMES("Names of connections", "foo.client_name=shop", "foo.client_set_name=true") {

			@Override
			void use(ApplicationContext context) {
				foo(context).opsForValue().get("app:named");
			}

		};

		private final String heading;

		private final String[] properties;

		Feature(String heading, String... properties) {
			this.heading = heading;
			this.properties = properties;
		}

		abstract void use(ApplicationContext context);

		static MonitoredRedisConnectionFactory factory(ApplicationContext context) {
			return context.getBean(MonitoredRedisConnectionFactory.class);
		}

		static void listen(MonitoredRedisConnectionFactory factory, Topic topic, Topic other) {
			RedisMessageListenerContainer listeners = new RedisMessageListenerContainer();
			MessageListener listener = (message, pattern) -> {
			};
			listeners.setConnectionFactory(factory);
			listeners.addMessageListener(listener, List.of(topic, other));
			listeners.setMaxSubscriptionRegistrationWaitingTime(TimeUnit.SECONDS.toMillis(20));
			listeners.afterPropertiesSet();
			try {
				listeners.start();
				listeners.removeMessageListener(listener, topic);
				awaitSent("unsubscribe");
			}
			finally {
				listeners.stop();
			}
		}

		private static void awaitSent(String ending) {
			Awaitility.await().until(() -> sent(cluster.nodes()).stream().anyMatch((name) -> name.endsWith(ending)));
		}

	}

	@EnableCaching
	static class Caching {

	}

}
