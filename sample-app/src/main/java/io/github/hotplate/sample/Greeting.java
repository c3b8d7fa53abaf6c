package io.github.hotplate.sample;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import io.github.hotplate.test.EmbeddedRedis;

/**
 * Says where the page is, once it can be opened.
 */
@Component
class Greeting {

	private static final Log logger = LogFactory.getLog(Greeting.class);

	private final ObjectProvider<EmbeddedRedis> redis;

	Greeting(ObjectProvider<EmbeddedRedis> redis) {
		this.redis = redis;
	}

	@EventListener
	void greet(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext server
				&& server.getWebServer() != null) {
			String address = "http://localhost:" + server.getWebServer().getPort() + "/";
			logger.info("Hotplate sample: " + address);
			logger.info(
					"To find out what is slow, plant a problem on the page, or run: curl -X PUT %sapi/problems/one-by-one"
						.formatted(address));
			this.redis.ifAvailable((redis) -> logger
				.info("To see a failover, kill a node on the page, or run: curl -X DELETE %sapi/nodes/%d"
					.formatted(address, redis.nodes().get(0).port())));
		}
	}

}
