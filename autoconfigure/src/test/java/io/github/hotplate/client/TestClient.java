package io.github.hotplate.client;

import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.activity.SlowCalls;
import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;

/**
 * The client {@code foo} of an application of its own.
 */
public final class TestClient implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private TestClient(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start an application.
	 * @param url where Redis is
	 * @param properties what else to configure, such as {@code max_connections=4}
	 * @return its client
	 */
	public static TestClient start(String url, String... properties) {
		Stream<String> arguments = Stream.concat(Stream.of("url=" + url), Stream.of(properties)).map("--foo."::concat);
		return new TestClient(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new)));
	}

	public StringRedisTemplate redis() {
		return this.context.getBean("foo", StringRedisTemplate.class);
	}

	public ClusterPool pool() {
		return this.context.getBean(ClusterPool.class);
	}

	public SlowCalls slowCalls() {
		return this.context.getBean("fooSlowCalls", SlowCalls.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

	}

}
