package io.github.hotplate.sample;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.github.hotplate.config.ClientMode;

/**
 * The sample as a user starts it, with one property for the mode and a few visitors.
 */
public final class RunningSample implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private RunningSample(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start the application and servers for it.
	 * @param mode how the servers work together
	 * @return the application, to be closed by the caller
	 */
	public static RunningSample start(ClientMode mode) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--sample.visitors.rate=20"));
		// Ten seconds pass by default before a server that is back gets another chance.
		arguments.add("--foo.penalty_box.min_wait=1 second");
		arguments.add("--foo.mode=" + mode.label());
		return new RunningSample(
				new SpringApplicationBuilder(SampleApplication.class).run(arguments.toArray(String[]::new)));
	}

	public int port() {
		return ((WebServerApplicationContext) this.context).getWebServer().getPort();
	}

	public RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + port()).build();
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
