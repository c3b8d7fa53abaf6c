package io.github.hotplate.sharding;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.penalty.PenaltyEvent;
import io.github.hotplate.penalty.PenaltyTransition;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.RedisNode;

/**
 * An application with the sharded client {@code foo}.
 */
final class ShardedApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private ShardedApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start an application.
	 * @param url names the shards
	 * @param properties what else to configure, such as {@code startup=warn}
	 */
	static ShardedApplication start(String url, String... properties) {
		Stream<String> arguments = Stream.concat(Stream.of("url=" + url, "mode=sharded"), Stream.of(properties))
			.map("--foo."::concat);
		return new ShardedApplication(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new)));
	}

	MonitoredRedisTemplate foo() {
		return this.context.getBean("foo", MonitoredRedisTemplate.class);
	}

	ShardedRedisCluster shards() {
		return this.context.getBean("fooShards", ShardedRedisCluster.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	List<PenaltyTransition> transitionsOf(RedisNode node) {
		return this.context.getBean(Application.class).events.stream()
			.filter((event) -> event.node().toString().equals(node.toString()))
			.map(PenaltyEvent::transition)
			.toList();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

		private final Queue<PenaltyEvent> events = new ConcurrentLinkedQueue<>();

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@EventListener
		void onPenalty(PenaltyEvent event) {
			this.events.add(event);
		}

	}

}
