package io.github.hotplate.hotkey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * The client {@code foo} of an application of its own. It looks and flushes when it is
 * told to, and not by itself, unless the interval is configured.
 */
final class TrackedClient implements AutoCloseable {

	private final EmbeddedRedisCluster cluster;

	private final ConfigurableApplicationContext context;

	private TrackedClient(EmbeddedRedisCluster cluster, ConfigurableApplicationContext context) {
		this.cluster = cluster;
		this.context = context;
	}

	/**
	 * Start an application that samples everything.
	 * @param cluster its Redis
	 * @param properties what else to configure, such as {@code max_connections=4}
	 * @return its client
	 */
	static TrackedClient start(EmbeddedRedisCluster cluster, String... properties) {
		return start(cluster, null, properties);
	}

	static TrackedClient start(EmbeddedRedisCluster cluster, HotKeyNaming naming, String... properties) {
		Stream<String> arguments = Stream.concat(Stream.of("url=" + cluster.url()), Stream.of(properties))
			.map("--foo."::concat);
		ApplicationContextInitializer<GenericApplicationContext> beans = (context) -> {
			if (naming != null) {
				context.registerBean(HotKeyNaming.class, () -> naming);
			}
		};
		return new TrackedClient(cluster,
				new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
					.properties("foo.hot_keys.flush_interval=1 hour", "foo.track_key_reads_sample_rate=1",
							"foo.track_key_writes_sample_rate=1")
					.initializers(beans)
					.run(arguments.toArray(String[]::new)));
	}

	StringRedisTemplate redis() {
		return this.context.getBean("foo", StringRedisTemplate.class);
	}

	HotKeyTracker tracker() {
		return this.context.getBean(HotKeyTracker.class);
	}

	MeterRegistry meters() {
		return this.context.getBean(MeterRegistry.class);
	}

	List<HotKeyEvent> events() {
		return this.context.getBean(Events.class).events;
	}

	/**
	 * Flush and read a sorted set.
	 * @param access which one
	 * @return its keys and scores, the hottest first
	 */
	Map<String, Long> flushed(KeyAccess access) {
		tracker().tick();
		return scores(this.cluster, access);
	}

	static Map<String, Long> scores(EmbeddedRedisCluster cluster, KeyAccess access) {
		Object reply = cluster.primaryOf(access.sortedSet())
			.execute("ZREVRANGEBYSCORE", access.sortedSet(), "+inf", "0", "WITHSCORES");
		List<Object> pairs = new ArrayList<>((List<?>) Objects.requireNonNull(reply));
		Map<String, Long> scores = new LinkedHashMap<>();
		for (int i = 0; i < pairs.size(); i += 2) {
			scores.put(pairs.get(i).toString(), Long.valueOf(pairs.get(i + 1).toString()));
		}
		return scores;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		Events events() {
			return new Events();
		}

	}

	static class Events {

		private final List<HotKeyEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void onHotKey(HotKeyEvent event) {
			this.events.add(event);
		}

	}

}
