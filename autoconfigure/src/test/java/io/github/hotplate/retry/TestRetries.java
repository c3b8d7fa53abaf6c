package io.github.hotplate.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.support.MonitoringFailures;

/**
 * Advice that repeats commands while time is made up.
 */
final class TestRetries {

	private final CommandExecutor redis;

	private final List<RetryListener> listeners = new ArrayList<>();

	private final List<String> announced = new ArrayList<>();

	private final List<Duration> pauses = new ArrayList<>();

	private final MonitoringFailures monitoringFailures = new MonitoringFailures();

	private Duration now = Duration.ofDays(1);

	TestRetries(CommandExecutor redis) {
		this.redis = redis;
		this.listeners.add(
				(client, command, reason) -> this.announced.add(client.name() + ": " + command.name() + ", " + reason));
	}

	/**
	 * Make the client.
	 * @param properties what to configure apart from defaults, such as
	 * {@code max_attempts=3}
	 * @return what runs commands
	 */
	CommandExecutor client(String... properties) {
		return client(this::sleep, properties);
	}

	CommandExecutor client(Sleeper sleeper, String... properties) {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost");
		Stream.of(properties)
			.map((property) -> property.split("="))
			.forEach((property) -> environment.setProperty("foo.retry." + property[0], property[1]));
		ClientConfig config = new ClientConfigReader(environment).read("foo.");
		return new CommandExecutorChain(this.redis, List
			.of(new RetryAdvice(config, this.listeners, this.monitoringFailures, () -> this.now.toNanos(), sleeper)));
	}

	void addListener(RetryListener listener) {
		this.listeners.add(0, listener);
	}

	void sleep(Duration pause) {
		this.pauses.add(pause);
		pass(pause);
	}

	void pass(Duration time) {
		this.now = this.now.plus(time);
	}

	Duration now() {
		return this.now;
	}

	List<Duration> pauses() {
		return this.pauses;
	}

	MonitoringFailures monitoringFailures() {
		return this.monitoringFailures;
	}

	List<String> announced() {
		return this.announced;
	}

}
