package io.github.hotplate.actuate;

import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.client.RestClient;

import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisClientsEndpoint} as it is without permission to change anything,
 * for a client whose Redis is away.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=redisclients", "foo.startup=warn",
				// No server ever listens on port 1.
				"foo.url=redis://app:s3cret@127.0.0.1:1", "foo.client_name=failing" })
@DirtiesContext
class RedisClientsAccessTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MonitoringFailures failures;

	@Test
	void changesNothingUnlessAllowed() {
		assertThat(status(HttpMethod.POST, "/foo")).isEqualTo(405);
		assertThat(status(HttpMethod.DELETE, "/foo")).isEqualTo(405);
		assertThat(status(HttpMethod.DELETE, "")).isEqualTo(405);
		assertThat(status(HttpMethod.GET, "/foo")).isEqualTo(200);
		assertThat(status(HttpMethod.GET, "/unknown")).isEqualTo(404);
	}

	@Test
	void showsClientWhoseRedisIsAway() {
		assertThat(get()).contains("\"foo\":{\"mode\":\"cluster\"", "\"nodes\":[]", "\"refreshes\":{\"start\":1}",
				"\"lastFailure\":\"No node of client 'foo' answered");
	}

	@Test
	void masksSecrets() {
		assertThat(get()).contains("redis://app:******@127.0.0.1:1").doesNotContain("s3cret");
	}

	@Test
	void functionThatFailsMasksItsValueAndIsCounted() {
		long before = this.failures.count(Part.ENDPOINT);
		assertThat(get()).contains("\"foo.client_name\":{\"value\":\"******\",\"origin\":\"\\\"foo.client_name\\\"");
		assertThat(this.failures.count(Part.ENDPOINT)).isGreaterThan(before);
	}

	@Test
	void fieldsAreOnesThatAreDocumented() {
		Set<String> documented = new TreeSet<>(ReportFields.documented());
		assertThat(documented).isEqualTo(ReportFields.ofCode());
	}

	private String get() {
		return String.valueOf(client().get().retrieve().body(String.class));
	}

	private int status(HttpMethod method, String path) {
		return client().method(method).uri(path).exchange((request, response) -> response.getStatusCode().value());
	}

	private RestClient client() {
		return RestClient.create("http://127.0.0.1:" + this.port + "/actuator/redisclients");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SanitizingFunction failingFunction() {
			return SanitizingFunction.of((data) -> {
				throw new IllegalStateException("expected");
			}).ifKeyEquals("foo.client_name");
		}

	}

}
