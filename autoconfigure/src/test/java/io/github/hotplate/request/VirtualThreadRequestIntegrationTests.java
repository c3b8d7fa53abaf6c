package io.github.hotplate.request;

import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What requests do to Redis on the virtual threads of
 * {@code spring.threads.virtual.enabled}.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
@ExtendWith(EmbeddedRedisExtension.class)
@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.threads.virtual.enabled=true", "spring.task.execution.propagate-context=true",
				"hotplate.request.server_timing=true", "foo.mode=standalone", "bar.mode=standalone" })
class VirtualThreadRequestIntegrationTests {

	private static EmbeddedRedisServer server;

	@LocalServerPort
	private int port;

	@Autowired
	private RouteStatistics statistics;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("foo.url", server::url);
		registry.add("bar.url", server::url);
	}

	@ParameterizedTest
	@CsvSource({ "/thread, VirtualThread", "/callable/{id}, callable", "/async, later", "/streaming, ''" })
	void countsCommands(String pattern, String body) {
		ResponseEntity<String> response = RestClient.create("http://127.0.0.1:" + this.port)
			.get()
			.uri(pattern, 1)
			.retrieve()
			.toEntity(String.class);
		assertThat(response.getBody()).contains(body);
		assertThat(response.getHeaders().get("Server-Timing")).singleElement().asString().endsWith("\"2 commands\"");
		long commands = pattern.equals("/streaming") ? 5 : 2;
		RouteUsage usage = Awaitility.await()
			.until(() -> this.statistics.worst(10)
				.stream()
				.filter((route) -> route.route().equals("GET " + pattern))
				.findFirst()
				.orElse(null), Objects::nonNull);
		assertThat(usage.mostCommands()).isEqualTo(commands);
	}

}
