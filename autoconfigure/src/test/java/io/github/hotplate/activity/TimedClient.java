package io.github.hotplate.activity;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.client.ClusterPool;

/**
 * The client {@code foo} of an application of its own, which keeps all its calls, unless
 * it is told otherwise.
 */
final class TimedClient implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private TimedClient(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start an application.
	 * @param url where Redis is
	 * @param beans registers more beans
	 * @param properties what else to configure, such as {@code max_connections=4}
	 * @return its client
	 */
	static TimedClient start(String url, ApplicationContextInitializer<GenericApplicationContext> beans,
			String... properties) {
		Stream<String> arguments = Stream.concat(Stream.of("url=" + url), Stream.of(properties)).map("--foo."::concat);
		return new TimedClient(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("foo.slow_calls.capacity=1000", "foo.slow_calls.threshold=0")
			.initializers(beans)
			.run(arguments.toArray(String[]::new)));
	}

	static TimedClient start(String url, String... properties) {
		return start(url, (context) -> {
		}, properties);
	}

	StringRedisTemplate redis() {
		return this.context.getBean("foo", StringRedisTemplate.class);
	}

	ClusterPool pool() {
		return this.context.getBean(ClusterPool.class);
	}

	/**
	 * Run something.
	 * @param calls makes calls
	 * @return the calls in their order
	 */
	List<SlowCall> record(Runnable calls) {
		SlowCalls slowCalls = this.context.getBean("fooSlowCalls", SlowCalls.class);
		slowCalls.reset();
		calls.run();
		return slowCalls.list();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

	}

}
