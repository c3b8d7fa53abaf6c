package io.github.hotplate.sample;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Says where the page is, once it can be opened.
 */
@Component
class Greeting {

	private static final Log logger = LogFactory.getLog(Greeting.class);

	private final ObjectProvider<EmbeddedRedisCluster> cluster;

	Greeting(ObjectProvider<EmbeddedRedisCluster> cluster) {
		this.cluster = cluster;
	}

	@EventListener
	void greet(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext server
				&& server.getWebServer() != null) {
			String address = "http://localhost:" + server.getWebServer().getPort() + "/";
			logger.info("Hotplate sample: " + address);
			this.cluster.ifAvailable((cluster) -> logger
				.info("To watch a failover, kill a node on the page, or with: curl -X DELETE %sapi/nodes/%d"
					.formatted(address, cluster.nodes().get(0).port())));
		}
	}

}
