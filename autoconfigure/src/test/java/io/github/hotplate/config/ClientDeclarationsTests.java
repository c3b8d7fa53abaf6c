package io.github.hotplate.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ClientDeclarations}.
 */
class ClientDeclarationsTests {

	private final MockEnvironment environment = new MockEnvironment();

	@ParameterizedTest
	@ValueSource(strings = { "redis://localhost", "rediss://localhost", "redis-sentinel://localhost/primary",
			"rediss-sentinel://localhost/primary", "REDIS://localhost", " redis://localhost", "redis://${nowhere}:1" })
	void redisUrlDeclaresClient(String url) {
		this.environment.withProperty("foo.url", url);
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(declarations().warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost", "jdbc:postgresql://localhost/redis", "localhost", "redis", "",
			"${nowhere}", "${foo.url}", "amqp://redis://", "valkey" })
	void otherUrlsDeclareNothing(String url) {
		this.environment.withProperty("foo.url", url);
		assertThat(declarations().names()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.data.redis.url", "my.foo.url", "url", "foo.urls", "foo.url.other", "foo.urls[0]",
			"foo[0].url" })
	void otherKeysDeclareNothing(String key) {
		this.environment.withProperty(key, "redis://localhost");
		assertThat(declarations().names()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:7000", "localhost:6379", "redis-1:7000,redis-2:7000", "redis-1:7000, redis-2",
			"[::1]:6379", ":secret@redis:6379/0", "app:secret@redis:6379", "//127.0.0.1:7000", "redis:127.0.0.1:7000",
			"redis:/localhost", "Redis:localhost" })
	@Report("spring-boot #46455")
	void addressWithoutSchemeDeclaresClientThatFails(String url) {
		this.environment.withProperty("foo.url", url);
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure()).satisfies((failure) -> {
			assertThat(failure.getMessage() + failure.getAction()).doesNotContain("secret");
			assertThat(failure.getReason()).isEqualTo("no scheme");
			assertThat(failure.getAction()).contains("Begin foo.url with one of: redis://")
				.contains("hotplate.clients");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"redis://:secret@localhost\"", "'redis://:secret@localhost:6379'",
			" \"rediss://localhost", "'localhost:6379'", "`redis://localhost`" })
	@Report("spring-boot #46455")
	void urlInQuotesDeclaresClientThatFails(String url) {
		this.environment.withProperty("foo.url", url);
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure().getReason()).isEqualTo("in quotes");
		assertThat(failure().getMessage()).doesNotContain("secret");
		assertThat(failure().getAction()).startsWith("Remove the quotes around foo.url.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			redis-host          | mode                     | standalone | no scheme
			localhost           | max_connections          | 5          | no scheme
			http://localhost    | read_from_replicas       | true       | unknown scheme 'http'
			https://localhost   | hotKeys.capacity         | 5          | unknown scheme 'https'
			''                  | mode                     | sentinel   | no value specified
			${nowhere}          | mode                     | sharded    | unresolved placeholder ${nowhere}
			${REDIS_ADDRESS}    | timeout                  | 3s         | unresolved placeholder ${REDIS_ADDRESS}
			localhost:6379      | timeout                  | 3s         | no scheme
			""")
	@Report("spring-boot #46455")
	void keysOfClientBesideAnotherUrlDeclareClientThatFails(String url, String key, String value, String reason) {
		this.environment.withProperty("foo.url", url).withProperty("foo." + key, value);
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure().getReason()).isEqualTo(reason);
	}

	@Test
	void underscoreInPrefixTellsNothing() {
		this.environment.withProperty("my_jira.url", "jira").withProperty("my_jira.timeout", "3s");
		assertThat(declarations().names()).isEmpty();
	}

	@Test
	@Report("spring-boot #46455")
	void keysOfClientWithoutUrlDeclareClientThatFails() {
		this.environment.withProperty("foo.track_key_reads_sample_rate", "0.1");
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure()).hasMessage("foo.url: no value specified");
		assertThat(failure().getAction()).contains("redis://host:6379").contains("hotplate.clients");
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost, timeout, 3s", "https://jira.example, password, secret",
			"http://localhost, max-connections, 5", "mongodb://localhost, read-preference, nearest",
			"http://localhost, mode, fast", "${JIRA}, username, me", ", mode, standalone",
			"http://${redis.path}, timeout, 3s", "https://stripe.example, socket_timeout, 5",
			"https://shop.example, startup, warn", "mongodb://localhost, read_preference, primary", ", startup, fail",
			", socket_timeout, 5", "/api, timeout, 3s", "localhost, enabled, true" })
	void keysOfEverybodyBesideAnotherUrlDeclareNothing(String url, String key, String value) {
		if (url != null) {
			this.environment.withProperty("foo.url", url);
		}
		this.environment.withProperty("foo." + key, value);
		assertThat(declarations().names()).isEmpty();
		assertThat(declarations().warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "mode=cluster, read_preference=any", "max_connections=20, socket_timeout=1s",
			"mode=sharded, startup=warn", "socket_timeout=1s, socket_connect_timeout=1s", "client-set-name=true",
			"url=tls://localhost, socket_timeout=1s, startup=warn", "url=localhost, startup=warn",
			"url=localhost, read_preference=any", "url=http://localhost, mode=cluster, max_connections=5" })
	@Report("spring-boot #46455")
	void twoTypicalKeysDeclareClientThatFails(String keys) {
		properties(keys);
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure().getKey()).isEqualTo("foo.url");
	}

	@ParameterizedTest
	@ValueSource(strings = { "url=localhost, timeout=3s", "url=localhost, max-connections=3",
			"url=redis-1.example.com, password=secret", "url=redis-1", "url[0]=a, url[1]=b",
			"url=tls://localhost, startup=warn", "uri=localhost:1, mode=cluster", "nodes[0]=a:1, mode=cluster",
			"host=localhost, mode=standalone, retry.deadline=3s", "retry.max_attempts=2, retry.backoff=1s",
			"mode=cluster, max-connections=20", "startup=warn, timeout=3s", "url=http://localhost, mode=cluster",
			"url=jdbc:h2:mem:x, mode=standalone", "url=https://localhost, max_connections=5",
			"url=${CACHE_ADDRESS}, timeout=3s", "url[0].host=a, url[0].port=1, mode=cluster" })
	@Report("spring-boot #46455")
	void whatMayBeClientIsWarning(String keys) {
		properties(keys);
		assertThat(declarations().names()).isEmpty();
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.startsWith("'foo' looks like a Redis client, but declares none, because foo.url ")
			.contains("set foo.url to redis://host:6379", "hotplate.clients")
			.doesNotContain("secret");
		this.environment.withProperty("hotplate.clients", "bar");
		assertThat(declarations().warnings()).isEmpty();
	}

	@Test
	@Report("spring-boot #46455")
	void urlInSystemEnvironmentIsWarningBesideKeysOfOtherLibrary() {
		properties("host=localhost, port=6379, password=x, timeout=2000");
		variable("FOO_URL", "redis://localhost");
		assertThat(declarations().names()).isEmpty();
		assertThat(declarations().warnings()).singleElement().asString().contains("FOO_URL is ignored");
	}

	@Test
	@Report("spring-boot #46455")
	void urlInSystemEnvironmentIsWarningBesideMistypedKey() {
		this.environment.withProperty("foo.mod", "standalone");
		variable("FOO_URL", "redis://:secret@localhost");
		assertThat(declarations().names()).isEmpty();
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.contains("FOO_URL is ignored")
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HOTPLATE_DASHBOARD_URL", "HOTPLATE_CLIENTS_SERVICE_HOST", "HOTPLATE_X_PASSWORD" })
	void variableOfServiceCalledHotplateIsIgnored(String variable) {
		variable(variable, "https://localhost");
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of(), null, List.of()));
	}

	@Test
	void variableForClientBelowHotplateFails() {
		variable("HOTPLATE_CLIENTS_FOO_URL", "redis://:secret@localhost");
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(this::declarations)
			.satisfies((failure) -> assertThat(failure.getReason()).isEqualTo("no key of hotplate"));
	}

	@Test
	void urlThatClientRefersToIsNoWarning() {
		this.environment.withProperty("REDIS_URL", "redis://localhost")
			.withProperty("REDIS_MAX_CONNECTIONS", "7")
			.withProperty("foo.url", "${REDIS_URL:redis://b}");
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of("foo"), "foo", List.of()));
	}

	@Test
	void variableThatClientRefersToIsNoWarning() {
		variable("REDIS_URL", "redis://localhost");
		this.environment.withProperty("redis.ttl", "7").withProperty("foo.url", "${REDIS_URL}");
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of("foo"), "foo", List.of()));
	}

	@Test
	@Report("spring-boot #46455")
	void listOfServersDeclaresClient() {
		this.environment.withProperty("foo.url[0]", "redis://a:7000").withProperty("foo.url[1]", "redis://b:7001");
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(new ClientConfigReader(this.environment).read("foo.").url()).hasToString("redis://a:7000,b:7001/0");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			redis://a:1           | b:2             | redis://a:1,b:2/0
			redis://a             | REDIS://b       | redis://a:6379,b:6379/0
			redis://:x@a:1        | redis://:x@b:2  | redis://:******@a:1,b:2/0
			redis://:x@a:1        | b:2             | redis://:******@a:1,b:2/0
			redis://a:1/0         | redis://b:2/0   | redis://a:1,b:2/0
			redis://a:1           | b:2/0           | redis://a:1,b:2/0
			rediss://a:1,b:2      | c:3             | rediss://a:1,b:2,c:3/0
			""")
	void listOfServersMayRepeatWhatTheyShare(String first, String second, String url) {
		this.environment.withProperty("foo.url[0]", first).withProperty("foo.url[1]", second);
		assertThat(new ClientConfigReader(this.environment).read("foo.").url()).hasToString(url);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a:1                   | b:2             | no scheme
			redis://a:1           | rediss://b:2    | mixed schemes 'redis' and 'rediss'
			redis://:x@a:1        | redis://:y@b:2  | multiple schemes
			""")
	@Report("spring-boot #46455")
	void listOfServersThatDifferFails(String first, String second, String reason) {
		this.environment.withProperty("foo.url[0]", first).withProperty("foo.url[1]", second);
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure().getReason()).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource({ "foo.url[1], , 1", "foo.url[0], foo.url[2], 2", "foo.url[7], foo.mode, 7" })
	@Report("spring-boot #46455")
	void listOfServersWithGapFails(String first, String second, int index) {
		this.environment.withProperty(first, "redis://:secret@localhost");
		if (second != null) {
			this.environment.withProperty(second, "sharded");
		}
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure().getKey()).isEqualTo("foo.url[" + index + "]");
		assertThat(failure().getReason()).isEqualTo("no foo.url[" + (index - 1) + "] before it");
		assertThat(failure().getValue()).isNull();
		assertThat(failure().getOrigin()).contains("foo.url[" + index + "]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo.url.primary", "foo.url[0][0]", "foo.address", "foo.nodes[0]", "foo.hosts",
			"foo.server", "foo.endpoint" })
	@Report("spring-boot #46455")
	void urlUnderKeyOfAddressIsWarning(String key) {
		this.environment.withProperty(key, "redis://:secret@localhost").withProperty("foo.mode", "standalone");
		assertThat(declarations().names()).isEmpty();
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.contains("is a Redis URL, but declares no client", "rename it to foo.url", "hotplate.clients")
			.doesNotContain("secret");
		this.environment.withProperty("hotplate.clients", "bar");
		assertThat(declarations().warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo.mode", "FOO_MODE", "foo.timeout", "foo_max_connections" })
	@Report("spring-boot #46455")
	void variableInFileIsWarningBesideKeysOfClient(String key) {
		this.environment.withProperty("FOO_URL", "redis://:secret@localhost").withProperty(key, "standalone");
		assertThat(declarations().names()).isEmpty();
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.startsWith("FOO_URL is a Redis URL, but declares no client")
			.contains("add foo.url: ${FOO_URL} to")
			.doesNotContain("secret");
		this.environment.withProperty("foo.url", "${FOO_URL}");
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of("foo"), "foo", List.of()));
	}

	@Test
	void strayVariableInFileIsNoWarning() {
		this.environment.withProperty("REDIS_URL", "redis://localhost").withProperty("REDIS_PASSWORD", "secret");
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of(), null, List.of()));
	}

	@ParameterizedTest
	@CsvSource({ "app.redis.url, app.redis.mode", "app.redis.url[0], app.redis.max-connections",
			"my.app.redis.url, my.app.redis.retry.deadline" })
	@Report("spring-boot #46455")
	void prefixOfSeveralSegmentsIsWarningBesideKeysOfClient(String url, String key) {
		this.environment.withProperty(url, "redis://:secret@localhost");
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of(), null, List.of()));
		this.environment.withProperty(key, "standalone");
		String client = url.substring(0, url.indexOf(".url"));
		assertThat(declarations().names()).isEmpty();
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.contains("set hotplate.clients to " + client + ".")
			.doesNotContain("secret");
		this.environment.withProperty("hotplate.clients", client);
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of(client), client, List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.data.redis.url", "app.items[0].url", "app.redis.url" })
	void urlsOfSeveralSegmentsAreNoWarning(String key) {
		this.environment.withProperty(key, "redis://localhost")
			.withProperty(key.replace("url", "timeout"), "3s")
			.withProperty("spring.data.redis.client-name", "x");
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of(), null, List.of()));
	}

	@ParameterizedTest
	@CsvSource({ "redis://:secret@a, ssl, true, without TLS", "redis://a, ssl.enabled, true, without TLS",
			"redis://a, ssl.bundle, mine, without TLS", "redis://a/1, database, 3, another database",
			"redis://a/13, database, 3, another database", "redis://a/3, database, 0, another database",
			"redis-sentinel://a/primary, db, 3, another database" })
	void keyThatUrlContradictsIsWarning(String url, String key, String value, String consequence) {
		this.environment.withProperty("foo.url", url).withProperty("foo." + key, value);
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.startsWith("foo." + key + " is not read: client 'foo' ")
			.contains(consequence, "foo.url")
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@CsvSource({ "rediss://a, ssl.enabled, true", "redis://a, ssl, false", "redis://a/3, database, 3",
			"redis://a, database, 0", "redis://a, database, ''", "redis://a, ssl.verify_hostname, true",
			"redis://a, ssl, no", "redis://a, database, orders" })
	void keyThatUrlConfirmsIsNoWarning(String url, String key, String value) {
		this.environment.withProperty("foo.url", url).withProperty("foo." + key, value);
		assertThat(declarations().warnings()).isEmpty();
	}

	@Test
	void certificatesForTlsThatIsOffAreNoWarning() {
		properties("url=redis://a, ssl.enabled=false, ssl.bundle=mine");
		assertThat(declarations().warnings()).isEmpty();
	}

	@Test
	void keysOfOtherLibraryWithSamePrefixAreNoWarning() {
		properties("url=redis://a, host=b, database=3, ssl=true");
		assertThat(declarations().warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "hotplate.clients.foo.url", "hotplate.foo.url", "hotplate.clients[0].name",
			"hotplate.foo.max_connections", "hotplate.clients.foo" })
	@Report("spring-boot #46455")
	void clientBelowHotplateFails(String key) {
		this.environment.withProperty(key, "redis://:secret@localhost");
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(this::declarations)
			.satisfies((failure) -> {
				assertThat(failure.getReason()).isEqualTo("no key of hotplate");
				assertThat(failure.getAction()).contains("to the top level, such as foo.url");
				assertThat(failure.getMessage()).startsWith("hotplate.").doesNotContain("secret");
			});
	}

	@ParameterizedTest
	@CsvSource({ "hotplate.primry, primary", "hotplate.client, clients", "hotplate.client[0], clients",
			"hotplate.enable, enabled", "hotplate.metric.conventions, metrics.convention" })
	void misspelledKeyOfHotplateFails(String key, String meant) {
		this.environment.withProperty(key, "foo");
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(this::declarations)
			.satisfies((failure) -> assertThat(failure.getReason())
				.isEqualTo("unknown key; did you mean hotplate." + meant + "?"));
	}

	@Test
	void clientMayBeCalledHotplate() {
		properties("other=x");
		this.environment.withProperty("hotplate.url", "redis://localhost")
			.withProperty("hotplate.retry.deadline", "3s")
			.withProperty("hotplate.other", "3s");
		assertThat(declarations().names()).containsExactly("hotplate");
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo.urls", "foo.uri", "foo.urls[0]" })
	void urlUnderOtherNameFailsBesideKeysOfClient(String key) {
		this.environment.withProperty(key, "redis://localhost").withProperty("foo.timeout", "3s");
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure().getReason()).isEqualTo("unknown key; did you mean foo.url?");
	}

	@Test
	void urlUnderOtherNameIsWarning() {
		this.environment.withProperty("foo.urls", "redis://:secret@localhost");
		assertThat(declarations().names()).isEmpty();
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.startsWith("foo.urls is a Redis URL, but declares no client")
			.contains("foo.url.")
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@CsvSource({ "foo, FOO_URL, mode", "foo, FOO_URL, max_connections", "foo, FOO_URL, password",
			"foo, FOO_URL, retry.deadline", "link-board, LINKBOARD_URL, timeout",
			"link-board, LINK_BOARD_URL, timeout" })
	@Report("spring-boot #46455")
	void urlInSystemEnvironmentDeclaresClientWithOtherKeys(String prefix, String variable, String key) {
		this.environment.withProperty(prefix + "." + key, "5s");
		variable(variable, "redis://localhost");
		assertThat(declarations().names()).containsExactly(prefix);
	}

	@Test
	@Report("spring-boot #46455")
	void addressInSystemEnvironmentFailsBesideOtherKeys() {
		this.environment.withProperty("foo.mode", "standalone");
		variable("FOO_URL", "127.0.0.1:7000");
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure().getReason()).isEqualTo("no scheme");
	}

	@Test
	void listInSystemEnvironmentDeclaresClientWithOtherKeys() {
		this.environment.withProperty("foo.mode", "cluster");
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of("FOO_URL_0", "redis://a", "FOO_URL_1", "redis://b")));
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(new ClientConfigReader(this.environment).read("foo.").url()).hasToString("redis://a:6379,b:6379/0");
	}

	@Test
	void systemEnvironmentAloneIsWarningIfItLooksLikeClient() {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of("FOO_URL", "redis://:secret@localhost", "FOO_MAX_CONNECTIONS", "5")));
		assertThat(declarations().names()).isEmpty();
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.startsWith("Environment variables alone declare no Redis client, so FOO_URL is ignored.")
			.contains("foo.url: ${FOO_URL}")
			.doesNotContain("secret");
	}

	@Test
	void strayUrlAndPasswordInSystemEnvironmentAreNoWarning() {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of("REDIS_URL", "redis://localhost", "REDIS_PASSWORD", "secret")));
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of(), null, List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "valkey", "valkeys", "redis+tls", "redis-cluster", "redis-socket", "REDIS+SSL" })
	@Report("spring-boot #46455")
	void schemeOfOtherLibraryDeclaresClientThatFails(String scheme) {
		this.environment.withProperty("foo.url", scheme + "://localhost");
		assertThat(declarations().names()).containsExactly("foo");
		assertThat(failure().getReason()).isEqualTo("unknown scheme '" + scheme.toLowerCase(Locale.ROOT) + "'");
	}

	@Test
	void slipOfThePenInSchemeDeclaresClientThatFails() {
		this.environment.withProperty("foo.url", "reddis://localhost");
		assertThat(declarations().names()).containsExactly("foo");
		assertThatExceptionOfType(InvalidClientConfigException.class)
			.isThrownBy(() -> new ClientConfigReader(this.environment).read("foo."))
			.withMessageContaining("unknown scheme 'reddis'");
	}

	@Test
	void systemEnvironmentDeclaresNothing() {
		variable("REDIS_URL", "redis://localhost");
		assertThat(declarations().names()).isEmpty();
	}

	@Test
	void systemEnvironmentOverridesDeclaredUrl() {
		this.environment.withProperty("foo.url", "");
		variable("FOO_URL", "redis://localhost");
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void clientWhoseUrlIsOverriddenBySomethingElseFailsRatherThanVanishes() {
		this.environment.withProperty("foo.url", "redis://localhost");
		variable("FOO_URL", "http://localhost");
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void resolvesPlaceholders() {
		variable("REDIS_URL", "redis://localhost");
		this.environment.withProperty("foo.url", "${REDIS_URL}");
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void commandLineAndSystemPropertiesDeclareClients() {
		this.environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--foo.url=redis://a"));
		this.environment.getPropertySources()
			.addLast(new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
					Map.of("bar.url", "redis://b")));
		assertThat(declarations().names()).containsExactlyInAnyOrder("foo", "bar");
	}

	@Test
	void nameIsSpeltAsInSourceOfLeastPrecedence() {
		this.environment.withProperty("linkBoard.url", "redis://localhost");
		this.environment.getPropertySources()
			.addFirst(new SimpleCommandLinePropertySource("--link-board.url=redis://other"));
		assertThat(declarations().names()).containsExactly("linkBoard");
	}

	@Test
	void listDeclaresInstead() {
		this.environment.withProperty("foo.url", "redis://localhost")
			.withProperty("bar.url", "redis://app:secret@localhost")
			.withProperty("hotplate.clients", "foo, baz , foo");
		assertThat(declarations().names()).containsExactly("foo", "baz");
		assertThat(declarations().warnings()).singleElement()
			.asString()
			.contains("bar.url")
			.contains("hotplate.clients")
			.doesNotContain("secret");
	}

	@Test
	void listMayBeIndexed() {
		this.environment.withProperty("hotplate.clients[0]", "foo").withProperty("hotplate.clients[1]", "my.bar");
		assertThat(declarations().names()).containsExactly("foo", "my.bar");
	}

	@Test
	void listMayBeAnEnvironmentVariable() {
		variable("HOTPLATE_CLIENTS", "foo,bar");
		assertThat(declarations().names()).containsExactly("foo", "bar");
	}

	@Test
	void emptyListDeclaresNothingInstead() {
		this.environment.withProperty("foo.url", "redis://localhost").withProperty("hotplate.clients", "");
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void onlyClientIsPrimary() {
		this.environment.withProperty("foo.url", "redis://localhost");
		assertThat(declarations().primary()).isEqualTo("foo");
	}

	@Test
	void noneOfSeveralClientsIsPrimary() {
		this.environment.withProperty("foo.url", "redis://localhost").withProperty("bar.url", "redis://localhost");
		assertThat(declarations().primary()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "linkBoard", "link-board", "LINKBOARD", "${name}" })
	@Report("spring-boot #9363")
	void oneOfSeveralClientsMayBePrimary(String primary) {
		this.environment.withProperty("linkBoard.url", "redis://localhost")
			.withProperty("bar.url", "redis://localhost")
			.withProperty("name", "linkBoard")
			.withProperty("hotplate.primary", primary);
		assertThat(declarations().primary()).isEqualTo("linkBoard");
	}

	@ParameterizedTest
	@ValueSource(strings = { "baz", "foo.", "foo, bar", "redis://localhost" })
	@Report("spring-boot #9363")
	void primaryMustBeDeclared(String primary) {
		this.environment.withProperty("foo.url", "redis://localhost")
			.withProperty("bar.url", "redis://localhost")
			.withProperty("hotplate.primary", primary);
		InvalidClientConfigException failure = catchThrowableOfType(InvalidClientConfigException.class,
				this::declarations);
		assertThat(failure.getKey() + ": " + failure.getReason()).isEqualTo("hotplate.primary: no such client");
		assertThat(failure.getAction()).startsWith("Set hotplate.primary to one of: ").contains("foo").contains("bar");
	}

	@Test
	void listedClientWithoutUrlFails() {
		this.environment.withProperty("hotplate.clients", "foo");
		assertThatExceptionOfType(InvalidClientConfigException.class)
			.isThrownBy(() -> new ClientConfigReader(this.environment).read(declarations().names().get(0) + "."))
			.withMessage("foo.url: no value specified");
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo.", "foo bar", "redis://localhost", "${nowhere}", "-foo" })
	void listedNameMustBePrefix(String name) {
		this.environment.withProperty("hotplate.clients", "bar, " + name);
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(this::declarations)
			.withMessageStartingWith("hotplate.clients: invalid client name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "False", "off", "No", "0" })
	void canBeSwitchedOff(String enabled) {
		this.environment.withProperty("foo.url", "redis://localhost")
			.withProperty("hotplate.clients", "bar")
			.withProperty("hotplate.enabled", enabled);
		assertThat(declarations()).isEqualTo(new ClientDeclarations(List.of(), null, List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "True", "on", "YES", "1", "" })
	void isOn(String enabled) {
		this.environment.withProperty("foo.url", "redis://localhost").withProperty("hotplate.enabled", enabled);
		assertThat(declarations().names()).containsExactly("foo");
	}

	@Test
	void switchIsTrueOrFalse() {
		this.environment.withProperty("hotplate.enabled", "banana");
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(this::declarations)
			.withMessage("hotplate.enabled: must be true or false (value 'banana')");
	}

	private void properties(String keys) {
		for (String pair : keys.split(", ")) {
			int end = pair.indexOf('=');
			this.environment.withProperty("foo." + pair.substring(0, end), pair.substring(end + 1));
		}
	}

	private void variable(String name, String value) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of(name, value)));
	}

	private InvalidClientConfigException failure() {
		return catchThrowableOfType(InvalidClientConfigException.class,
				() -> new ClientConfigReader(this.environment).read("foo."));
	}

	private ClientDeclarations declarations() {
		return ClientDeclarations.of(this.environment);
	}

}
