package io.github.hotplate.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.client.ClientWiring;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.observation.BaseplateSpanConvention;
import io.github.hotplate.observation.CommandMetrics;
import io.github.hotplate.observation.CommandTags;
import io.github.hotplate.observation.ObservedClient;
import io.github.hotplate.observation.SplitAttributes;
import io.github.hotplate.observation.TracingAdvice;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.template.MonitoredRedisTemplate;

/**
 * A client named {@code foo} without an application around it.
 */
final class Client implements AutoCloseable {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final SimpleTracer tracer = new SimpleTracer();

	private final ClusterPool pool;

	private final CommandExecutorChain executor;

	private final MonitoredRedisConnectionFactory connectionFactory;

	private final MonitoredRedisTemplate template;

	Client(String url, Map<String, Object> settings) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("url", Map.of("foo.url", url)));
		environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
		ClientConfig config = new ClientConfigReader(environment).read("foo.");
		this.pool = ClusterPoolFactory.create(config, List.of());
		List<MethodInterceptor> advice = new ArrayList<>();
		advice.add(new TracingAdvice(new ObservedClient("foo", 0, "redis.example", 7000), new BaseplateSpanConvention(),
				this.tracer));
		advice.add(new CommandMetrics(this.registry).advice(CommandTags.of(config)));
		ClientWiring wiring = new ClientWiring(this.pool, new MonitoringFailures());
		advice.add(wiring.splitAdvice(List.of(new SplitAttributes(this.tracer))));
		advice.add(wiring.retryAdvice(List.of()));
		this.executor = wiring.executor(advice);
		this.connectionFactory = wiring.connectionFactory(this.executor);
		this.template = wiring.template(this.connectionFactory);
	}

	MonitoredRedisTemplate template() {
		return this.template;
	}

	MonitoredRedisConnectionFactory connectionFactory() {
		return this.connectionFactory;
	}

	ClusterPool pool() {
		return this.pool;
	}

	SimpleTracer tracer() {
		return this.tracer;
	}

	/**
	 * Return how many calls of a command were measured, successful or not.
	 */
	long measured(String command) {
		return (long) this.registry.find("redis.client.requests")
			.tag("redis_command", command)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	/**
	 * Return how many calls were measured, successful or not, by command.
	 */
	Map<String, Long> measured() {
		Map<String, Long> calls = new TreeMap<>();
		this.registry.find("redis.client.requests")
			.counters()
			.forEach((counter) -> calls.merge(counter.getId().getTag("redis_command"), (long) counter.count(),
					Long::sum));
		return calls;
	}

	@Override
	public void close() {
		this.executor.close();
		this.pool.close();
	}

}
