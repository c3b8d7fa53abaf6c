package io.github.hotplate.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig.Sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link SentinelProperties}.
 */
class SentinelPropertiesTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("foo.url",
			"redis-sentinel://app:s3cret@a,b/mymaster/3");

	@Test
	void credentialsOfUrlAreNotForSentinels() {
		assertThat(read().sentinel()).isEqualTo(new Sentinel(new Credentials(null, null), false));
		assertThat(read().url().credentials()).isEqualTo(new Credentials("app", "s3cret"));
		assertThat(read().url().database()).isEqualTo(3);
	}

	@Test
	void sentinelsHaveCredentialsOfTheirOwn() {
		this.environment.withProperty("foo.sentinel_username", "watcher")
			.withProperty("foo.sentinel_password", "other");
		assertThat(read().sentinel().credentials()).isEqualTo(new Credentials("watcher", "other"));
		assertThat(read().toString()).doesNotContain("other").doesNotContain("s3cret");
	}

	@Test
	void passwordOfSentinelsIsNotShown() {
		this.environment.withProperty("foo.url", "redis://a").withProperty("foo.sentinel_password", "s3cret");
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(this::read)
			.satisfies((failure) -> assertThat(failure.getMessage() + failure.getValue()).contains("******")
				.doesNotContain("s3cret"));
	}

	@ParameterizedTest
	@CsvSource({ "redis-sentinel, , false", "rediss-sentinel, , true", "rediss-sentinel, false, false",
			"redis-sentinel, true, true" })
	void tlsFollowsTheSchemeUnlessSet(String scheme, String tls, boolean expected) {
		this.environment.withProperty("foo.url", scheme + "://a,b/mymaster")
			.withProperty("foo.sentinel_tls", (tls != null) ? tls : "");
		assertThat(read().sentinel().tls()).isEqualTo(expected);
		assertThat(read().url().tls()).isEqualTo(scheme.startsWith("rediss"));
	}

	@ParameterizedTest
	@CsvSource({ "redis://a:1|b:2, 0", "redis://a:1|b:2/4, 4", "redis-sentinel://a:1|b:2, 0",
			"redis-sentinel://a:1|b:2/4, 4", "redis-sentinel://a:1|b:2/mymaster, 0",
			"redis-sentinel://a:1|b:2/mymaster/4, 4" })
	void masterMayHaveKeyOfItsOwn(String url, int database) {
		this.environment.withProperty("foo.url", url.replace('|', ','))
			.withProperty("foo.mode", "sentinel")
			.withProperty("foo.master", "mymaster");
		assertThat(read().url().sentinelMaster()).isEqualTo("mymaster");
		assertThat(read().url().database()).isEqualTo(database);
		assertThat(read().url().seeds()).containsExactly(new HostAndPort("a", 1), new HostAndPort("b", 2));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			redis-sentinel://a,b/other | not the primary of foo.master           | Remove one of them
			redis-sentinel://a/mymaster | only one Sentinel    | foo.sentinel_allow_single
			redis-sentinel://a,b,a     | duplicate address                    | once
			redis-sentinel://a,rediss-sentinel://b | mixed schemes 'redis-sentinel' and 'rediss-sentinel' | one scheme
			redis-sentinel:///mymaster | no host                                   | redis-sentinel://host:26379
			""")
	void rejects(String url, String reason, String action) {
		this.environment.withProperty("foo.url", url).withProperty("foo.master", "mymaster");
		InvalidClientConfigException failure = catchThrowableOfType(InvalidClientConfigException.class, this::read);
		assertThat(failure).isNotNull();
		assertThat(failure.getReason()).isEqualTo(reason);
		assertThat(failure.getAction()).contains(action);
	}

	@Test
	void oneNameMayStandForAllSentinels() {
		this.environment.withProperty("foo.url", "redis-sentinel://sentinels/mymaster")
			.withProperty("foo.sentinel_allow_single", "true");
		assertThat(read().url().seeds()).containsExactly(new HostAndPort("sentinels", 26379));
	}

	private ClientConfig read() {
		return new ClientConfigReader(this.environment).read("foo.");
	}

}
