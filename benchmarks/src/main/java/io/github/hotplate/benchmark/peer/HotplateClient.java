package io.github.hotplate.benchmark.peer;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.hotkey.HotKeyTracker;

/**
 * An application with one client of Hotplate, all of whose metrics go to a Prometheus
 * registry.
 *
 * @since 0.1.0
 */
public final class HotplateClient implements AutoCloseable {

	private static final String NAME = "bench";

	private final ConfigurableApplicationContext context;

	private HotplateClient(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start the application.
	 * @param access how to reach the cluster
	 * @return the client, to be closed by the caller
	 */
	public static HotplateClient open(ClusterAccess access) {
		return open(access, Map.of());
	}

	/**
	 * Start an application that differs.
	 * @param access how to reach the cluster
	 * @param further properties of the application
	 * @param configurations what it has beside the starter
	 * @return the client, to be closed by the caller
	 */
	public static HotplateClient open(ClusterAccess access, Map<String, ?> further, Class<?>... configurations) {
		Map<String, Object> properties = new HashMap<>(further);
		properties.put("spring.main.banner-mode", "off");
		properties.put("hotplate.clients", NAME);
		properties.put(NAME + ".url", access.url());
		properties.put(NAME + ".max_connections", access.connectionsPerNode());
		properties.put(NAME + ".max_connections_per_node", true);
		access.hotplate().forEach((key, value) -> properties.put(NAME + "." + key, value));
		return new HotplateClient(new SpringApplicationBuilder(HotplateApplication.class).sources(configurations)
			.web(WebApplicationType.NONE)
			.properties(properties)
			.run());
	}

	/**
	 * Return what an application would inject.
	 * @return the client's template
	 */
	public StringRedisTemplate template() {
		return this.context.getBean(NAME, StringRedisTemplate.class);
	}

	/**
	 * Return what is compared with other clients.
	 * @return the client's template; closing it closes the application
	 */
	public BenchmarkClient asBenchmarkClient() {
		return new TemplateBenchmarkClient(template(), this::close);
	}

	/**
	 * Return what finds the client's hot keys.
	 * @return the client's tracker
	 */
	public HotKeyTracker hotKeys() {
		return this.context.getBean(HotKeyTracker.class);
	}

	/**
	 * Return the client's configuration.
	 * @return what was read from the application's properties
	 */
	public ClientConfig config() {
		return new ClientConfigReader(this.context.getEnvironment()).read(NAME + ".");
	}

	/**
	 * Return the client's connections.
	 * @return the client's pool
	 */
	public ClusterPool pool() {
		return this.context.getBean(ClusterPool.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
