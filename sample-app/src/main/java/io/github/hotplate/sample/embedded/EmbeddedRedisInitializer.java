package io.github.hotplate.sample.embedded;

import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Starts a Redis Cluster of three primaries and three replicas and points {@code foo.url}
 * to it, unless {@code foo.url} is set already. The cluster ends after the last bean that
 * uses it.
 */
class EmbeddedRedisInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

	private static final String URL = "foo.url";

	@Override
	public void initialize(GenericApplicationContext context) {
		if (context.getEnvironment().containsProperty(URL)) {
			return;
		}
		EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().primaries(3).replicasPerPrimary(1).start();
		// The first singleton to be created is the last to be destroyed.
		context.registerBean(EmbeddedRedisCluster.class, () -> cluster);
		context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("embeddedRedisCluster", Map.of(URL, cluster.url())));
	}

}
