package io.github.hotplate.observation;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.config.ClientConfigReader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OpenTelemetrySpanConvention} and {@link ObservedClient}.
 */
class OpenTelemetrySpanConventionTests {

	private final CommandSpanConvention convention = new OpenTelemetrySpanConvention();

	@Test
	void nameHasOperationAndOnlyServer() {
		assertThat(name(client("redis://redis.example:7000"), "GET")).isEqualTo("GET redis.example:7000");
		assertThat(name(client("redis://a:7000,b:7000"), "GET")).isEqualTo("GET");
		assertThat(name(client("redis://a:7000,b:7001"), "CONFIG GET")).isEqualTo("CONFIG GET");
	}

	@Test
	void nameHasFunctionRatherThanServer() {
		ObservedCommand command = new ObservedCommand(client("redis://a"), "FCALL", null, 1, "reserve");
		assertThat(this.convention.name(command)).isEqualTo("FCALL reserve");
	}

	@Test
	void pipelineIsNamedByItsCommands() {
		ObservedCommand command = new ObservedCommand(client("redis://a,b"), "PIPELINE GET", "warm-up", 2, null);
		assertThat(this.convention.name(command)).isEqualTo("PIPELINE GET");
	}

	@Test
	void scriptsMakeBoundedNumberOfNames() {
		ObservedClient client = client("redis://a,b");
		assertThat(IntStream.range(0, 300)
			.mapToObj((i) -> new ObservedCommand(client, "EVALSHA", null, 1, "script" + i))
			.map(this.convention::name)
			.distinct()
			.count()).isLessThanOrEqualTo(101);
	}

	@Test
	void serversOfConfigurationShareTheirPortOrTellIt() {
		assertThat(client("redis://a:7000,b:7000")).isEqualTo(new ObservedClient("foo", 0, "a,b", 7000));
		assertThat(client("redis://a:7000,b:7001")).isEqualTo(new ObservedClient("foo", 0, "a:7000,b:7001", null));
		assertThat(client("redis://user:secret@a").toString()).doesNotContain("secret", "user");
	}

	private String name(ObservedClient client, String operation) {
		return this.convention.name(new ObservedCommand(client, operation, null, 1, null));
	}

	private static ObservedClient client(String url) {
		return ObservedClient
			.of(new ClientConfigReader(new MockEnvironment().withProperty("foo.url", url)).read("foo."));
	}

}
