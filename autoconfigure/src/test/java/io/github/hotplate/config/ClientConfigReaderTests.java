package io.github.hotplate.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig.ClusterOptions;
import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.config.ClientConfig.Timeouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ClientConfigReader}.
 */
class ClientConfigReaderTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost:7000");

	@Test
	void appliesDefaults() {
		ClientConfig config = read();
		assertThat(config.name()).isEqualTo("foo");
		assertThat(config.mode()).isEqualTo(ClientMode.CLUSTER);
		assertThat(config.url().tls()).isFalse();
		assertThat(config.url().seeds()).containsExactly(new HostAndPort("localhost", 7000));
		assertThat(config.url().database()).isZero();
		assertThat(config.url().sentinelMaster()).isNull();
		assertThat(config.url().credentials()).isEqualTo(new Credentials(null, null));
		assertThat(config.poolLimits()).isEqualTo(new PoolLimits(50, false));
		assertThat(config.timeouts())
			.isEqualTo(new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2)));
		assertThat(config.clusterOptions())
			.isEqualTo(new ClusterOptions(ReadPreference.PRIMARY, true, false, Duration.ofSeconds(60)));
		assertThat(config.sampleRates()).isEqualTo(new SampleRates(0, 0));
		assertThat(config.metricsName()).isEmpty();
		assertThat(config.clientSetName()).isFalse();
		assertThat(config.startupFailure()).isEqualTo(StartupFailure.FAIL);
	}

	@Test
	void readsEveryKey() {
		this.environment.withProperty("foo.mode", "Cluster")
			.withProperty("foo.username", "app")
			.withProperty("foo.password", "secret")
			.withProperty("foo.max_connections", "7")
			.withProperty("foo.max_connections_per_node", "True")
			.withProperty("foo.timeout", "200 milliseconds")
			.withProperty("foo.socket_connect_timeout", "3s")
			.withProperty("foo.socket_timeout", "PT4S")
			.withProperty("foo.read_from_replicas", "TRUE")
			.withProperty("foo.skip_full_coverage_check", "False")
			.withProperty("foo.nodemanager_follow_cluster", "true")
			.withProperty("foo.track_key_reads_sample_rate", "1%")
			.withProperty("foo.track_key_writes_sample_rate", "0.25")
			.withProperty("foo.client_name", "board")
			.withProperty("foo.client_set_name", "true")
			.withProperty("foo.startup", "warn");
		ClientConfig config = read();
		assertThat(config.mode()).isEqualTo(ClientMode.CLUSTER);
		assertThat(config.url().credentials()).isEqualTo(new Credentials("app", "secret"));
		assertThat(config.poolLimits()).isEqualTo(new PoolLimits(7, true));
		assertThat(config.timeouts())
			.isEqualTo(new Timeouts(Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofSeconds(4)));
		assertThat(config.clusterOptions())
			.isEqualTo(new ClusterOptions(ReadPreference.ANY, false, true, Duration.ofSeconds(60)));
		assertThat(config.sampleRates()).isEqualTo(new SampleRates(0.01, 0.25));
		assertThat(config.metricsName()).isEqualTo("board");
		assertThat(config.clientSetName()).isTrue();
		assertThat(config.startupFailure()).isEqualTo(StartupFailure.WARN);
	}

	@Test
	void timeoutStandsInForUnsetSocketTimeouts() {
		this.environment.withProperty("foo.timeout", "300 milliseconds");
		Duration timeout = Duration.ofMillis(300);
		assertThat(read().timeouts()).isEqualTo(new Timeouts(timeout, timeout, timeout));
	}

	@Test
	void explicitSocketTimeoutsWinOverTimeout() {
		this.environment.withProperty("foo.socket_connect_timeout", "4 seconds")
			.withProperty("foo.socket_timeout", "5 seconds")
			.withProperty("foo.timeout", "300 milliseconds");
		assertThat(read().timeouts())
			.isEqualTo(new Timeouts(Duration.ofMillis(300), Duration.ofSeconds(4), Duration.ofSeconds(5)));
	}

	@Test
	void shutdownLastsAsLongAsReplyMayTakeUnlessSaid() {
		assertThat(read().timeouts().shutdown()).isEqualTo(Duration.ofSeconds(2));
		this.environment.setProperty("foo.socket_timeout", "1 hour");
		assertThat(read().timeouts().shutdown()).isEqualTo(Duration.ofSeconds(10));
		this.environment.setProperty("foo.shutdown_timeout", "1 minute");
		assertThat(read().timeouts().shutdown()).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void emptyValueMeansDefault() {
		ClientProperties.all()
			.stream()
			.filter((key) -> key != ClientProperties.URL)
			.forEach((key) -> this.environment.withProperty("foo." + key.name(), " "));
		assertThat(read())
			.isEqualTo(new ClientConfigReader(new MockEnvironment().withProperty("foo.url", "redis://localhost:7000"))
				.read("foo."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo.max_connections", "foo.max-connections", "foo.maxConnections", "foo.MAX_CONNECTIONS",
			"FOO.maxconnections" })
	void namesAreRelaxed(String name) {
		this.environment.withProperty(name, "7");
		assertThat(read().poolLimits().maxConnections()).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "FOO_MAX_CONNECTIONS", "FOO_MAXCONNECTIONS", "foo_max_connections" })
	void environmentVariablesOverride(String name) {
		this.environment.withProperty("foo.max_connections", "8");
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of(name, "7")));
		assertThat(read().poolLimits().maxConnections()).isEqualTo(7);
	}

	@Test
	void everyKeyCanBeAnEnvironmentVariable() {
		assertThat(ClientProperties.all()).allSatisfy((key) -> {
			MockEnvironment variables = new MockEnvironment();
			String name = "FOO_" + key.name().toUpperCase(Locale.ROOT).replace('.', '_');
			variables.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource(
						StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "text")));
			ConfigValue value = new PrefixedProperties(variables, "foo.").findValue(key);
			assertThat(value).isNotNull().extracting(ConfigValue::text).isEqualTo("text");
		});
	}

	@Test
	void prefixMayHaveSeveralSegments() {
		MockEnvironment nested = new MockEnvironment().withProperty("my.redis-cache.url", "redis://localhost")
			.withProperty("my.redis-cache.max_connections", "7");
		ClientConfig config = new ClientConfigReader(nested).read("my.redis-cache.");
		assertThat(config.name()).isEqualTo("my.redis-cache");
		assertThat(config.poolLimits().maxConnections()).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "foo" })
	void prefixMustEndInDot(String prefix) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ClientConfigReader(this.environment).read(prefix))
			.withMessageContaining("must be a name that ends in a dot");
	}

	@Test
	void resolvesPlaceholders() {
		this.environment.withProperty("limit", "7")
			.withProperty("foo.max_connections", "${limit}")
			.withProperty("foo.timeout", "${patience:3 seconds}");
		assertThat(read().poolLimits().maxConnections()).isEqualTo(7);
		assertThat(read().timeouts().poolWait()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void acceptsTypedValues() {
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("typed", Map.of("foo.max_connections", 7, "foo.read_from_replicas", true,
					"foo.timeout", Duration.ofMillis(1500), "foo.startup", StartupFailure.WARN)));
		ClientConfig config = read();
		assertThat(config.poolLimits().maxConnections()).isEqualTo(7);
		assertThat(config.clusterOptions().readPreference()).isEqualTo(ReadPreference.ANY);
		assertThat(config.timeouts().poolWait()).isEqualTo(Duration.ofMillis(1500));
		assertThat(config.startupFailure()).isEqualTo(StartupFailure.WARN);
	}

	@Test
	void ownKeysWinOverCredentialsInUrl() {
		this.environment.setProperty("foo.url", "redis://app:secret@localhost");
		assertThat(read().url().credentials()).isEqualTo(new Credentials("app", "secret"));
		this.environment.withProperty("foo.password", "other");
		assertThat(read().url().credentials()).isEqualTo(new Credentials("app", "other"));
		this.environment.withProperty("foo.username", "admin");
		assertThat(read().url().credentials()).isEqualTo(new Credentials("admin", "other"));
	}

	@Test
	void sentinelSchemeImpliesSentinelMode() {
		this.environment.setProperty("foo.url", "redis-sentinel://localhost,localhost:26380/primary");
		assertThat(read().mode()).isEqualTo(ClientMode.SENTINEL);
	}

	@Test
	void tellsWhereUrlWasWritten() throws Exception {
		String yaml = """
				foo:
				  url: redis://localhost
				""";
		ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yml");
		StandardEnvironment fromYaml = new StandardEnvironment();
		new YamlPropertySourceLoader().load("yaml", resource).forEach(fromYaml.getPropertySources()::addLast);
		assertThat(new ClientConfigReader(fromYaml).read("foo.").url().origin()).contains("application.yml")
			.endsWith("2:8");
	}

	@Test
	void neverPrintsPassword() {
		this.environment.setProperty("foo.url", "rediss://app:secret@localhost:7000,localhost:7001");
		assertThat(read().url()).hasToString("rediss://app:******@localhost:7000,localhost:7001/0");
		assertThat(read().toString()).doesNotContain("secret");
		this.environment.withProperty("foo.password", "other");
		assertThat(read().toString()).doesNotContain("secret").doesNotContain("other");
	}

	private ClientConfig read() {
		return new ClientConfigReader(this.environment).read("foo.");
	}

}
