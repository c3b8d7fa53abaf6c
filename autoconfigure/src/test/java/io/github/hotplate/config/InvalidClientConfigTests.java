package io.github.hotplate.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for the errors of {@link ClientConfigReader}.
 */
class InvalidClientConfigTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost");

	@Test
	void urlIsMissing() {
		InvalidClientConfigException failure = catchThrowableOfType(InvalidClientConfigException.class,
				() -> new ClientConfigReader(new MockEnvironment()).read("foo."));
		assertThat(failure).hasMessage("foo.url: no value specified");
		assertThat(failure.getAction()).contains("redis://host:6379");
	}

	@Test
	void urlIsEmpty() {
		assertThat(failure("url", "")).hasMessage("foo.url: no value specified");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					max_connections                | abc                    | must be an integer                   | from 1 to 10000
					max_connections                | 1.5                    | must be an integer                   | from 1 to 10000
					max_connections                | 0                      | out of range                         | from 1 to 10000
					max_connections                | -1                     | out of range                         | from 1 to 10000
					max_connections                | 10001                  | out of range                         | from 1 to 10000
					max_connections                | 99999999999999999999   | out of range                         | from 1 to 10000
					max_connections_per_node       | yes                    | must be true or false               | true or false
					timeout                        | 200 parsecs            | unknown unit                         | 3 seconds
					timeout                        | soon                   | invalid duration                | 3 seconds
					timeout                        | 3                      | invalid duration                | 3 seconds
					timeout                        | 1.5 seconds            | invalid duration                | 3 seconds
					timeout                        | 0s                     | out of range                         | from 1 millisecond to 1 day
					timeout                        | -1 second              | out of range                         | from 1 millisecond to 1 day
					socket_timeout                 | 2 days                 | out of range                         | from 1 millisecond to 1 day
					socket_connect_timeout         | 999999999999999999d    | out of range                         | from 1 millisecond to 1 day
					socket_connect_timeout         | 500us                  | out of range                         | from 1 millisecond to 1 day
					track_key_reads_sample_rate    | 1.1                    | must be from 0 to 1                       | 0.01
					track_key_reads_sample_rate    | -0.1                   | must be from 0 to 1                       | 1%
					track_key_writes_sample_rate   | 101%                   | must be from 0 to 1                       | 1%
					track_key_writes_sample_rate   | NaN                    | invalid rate                           | 1%
					mode                           | clustre                | unknown value                        | cluster, sentinel, standalone, sharded
					startup                        | later                  | unknown value                        | fail, warn
					url                            | http://localhost       | unknown scheme 'http'                | redis://, rediss://, redis-sentinel://
					url                            | localhost:6379         | no scheme                            | redis://, rediss://
					url                            | redis://               | no host                              | redis://host:6379
					url                            | redis://:7000          | no host                              | redis://host:6379
					url                            | redis://a:7000,,b:7000 | no host                              | redis://host:6379
					url                            | redis://a b            | invalid host name or address           | redis://host:6379
					url                            | redis://a:0            | port must be a number from 1 to 65535 | redis://host:6379
					url                            | redis://a:65536        | port must be a number from 1 to 65535 | redis://host:6379
					url                            | redis://a:-1           | port must be a number from 1 to 65535 | redis://host:6379
					url                            | redis://a:7000/1       | database 1 in cluster mode           | standalone
					url                            | redis://a:7000/one     | database must be a number             | redis://host:6379
					url                            | redis://a,redis://b    | multiple schemes                 | %3A%2F%2F
					url                            | redis-sentinel://a     | no primary name                      | redis-sentinel://host:26379
					url                            | redis-sentinel://a/b   | only one Sentinel                    | foo.sentinel_allow_single
					url                            | redis://a,rediss://b   | mixed schemes 'redis' and 'rediss'   | one scheme
					master                         | mymaster               | only supported in mode sentinel          | foo.mode to sentinel
					retry.max_retries              | -1                     | out of range                         | from 0 to 1000
					penalty_box.min_wait           | -1 second              | out of range                         | from 1 millisecond to 1 day
					penalty_box.min_wait           | 0s                     | out of range                         | from 1 millisecond to 1 day
					penalty_box.min_wait           | 25 hours               | out of range                         | from 1 millisecond to 1 day
					penalty_box.min_wait           | 10                     | invalid duration                | 3 seconds
					penalty_box.max_wait           | 1s                     | shorter than foo.penalty_box.min     | foo.penalty_box.min_wait or more
					penalty_box.max_wait           | -1 second              | out of range                         | from 1 millisecond to 1 day
					penalty_box.max_wait           | 2 days                 | out of range                         | from 1 millisecond to 1 day
					penalty_box.multiplier         | 0.5                    | out of range                         | from 1 to 100
					penalty_box.multiplier         | 0.999999999999999999   | out of range                         | from 1 to 100
					penalty_box.multiplier         | -2                     | out of range                         | from 1 to 100
					penalty_box.multiplier         | 1e400                  | out of range                         | from 1 to 100
					penalty_box.multiplier         | NaN                    | must be a number                         | from 1 to 100
					penalty_box.multiplier         | Infinity               | must be a number                         | from 1 to 100
					penalty_box.failure_threshold  | 0                      | out of range                         | from 1 to 1000
					penalty_box.failure_threshold  | -1                     | out of range                         | from 1 to 1000
					penalty_box.failure_threshold  | 1001                   | out of range                         | from 1 to 1000
					penalty_box.failure_threshold  | 1.5                    | must be an integer                   | from 1 to 1000
					penalty_box.max_ejected        | 1.5                    | must be from 0 to 1                       | 0.01
					penalty_box.max_ejected        | -0.1                   | must be from 0 to 1                       | 0.01
					penalty_box.max_ejected        | 101%                   | must be from 0 to 1                       | 1%
					penalty_box.max_ejected        | NaN                    | invalid rate                           | 1%
					""")
	void quotesKeyAndValueAndSaysWhatToWrite(String key, String value, String reason, String action) {
		InvalidClientConfigException failure = failure(key, value);
		assertThat(failure.getKey()).isEqualTo("foo." + key);
		assertThat(failure.getValue()).isEqualTo(value);
		assertThat(failure.getOrigin()).contains("foo." + key);
		assertThat(failure.getReason()).startsWith(reason);
		assertThat(failure.getAction()).contains("foo." + key).contains(action);
		assertThat(failure).hasMessage("foo." + key + ": " + failure.getReason() + " (value '" + value + "')")
			.hasNoCause();
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://app:secret@localhost:port", "redis://app:sec@ret@localhost:0",
			"redis://:secret@localhost/one", "redis://secret@localhost/1", "http://app:secret@localhost",
			"app:secret@localhost:6379", "redis:/app:secret@localhost", "redis://app:secret@", "redis://app:secret",
			"redis://app:secret:6379", "app:secret", "redis://app:100%secret@localhost",
			"redis://a:7000?password=secret", "redis://app:secret@a:7000,redis://app:secret@b:7000",
			"redis://app:secret@a:7000,app:secret@b:7000", "redis-sentinel://app:secret@localhost",
			"redis://app:secret@local host", "redis://app:secret@${nowhere}", "redis://app:sec/ret@localhost:x" })
	void neverPrintsPassword(String url) {
		InvalidClientConfigException failure = failure("url", url);
		assertThat(failure).hasNoCause();
		assertThat(failure.getMessage() + failure.getValue() + failure.getReason() + failure.getAction()
				+ failure.getOrigin())
			.doesNotContain("secret")
			.doesNotContain("ret@")
			.contains("******");
	}

	@Test
	void modeContradictsScheme() {
		this.environment.withProperty("foo.mode", "cluster");
		assertThat(failure("url", "redis-sentinel://localhost/primary").getReason())
			.isEqualTo("scheme 'redis-sentinel' does not match mode 'cluster'");
	}

	@Test
	void standaloneTakesOneServer() {
		this.environment.withProperty("foo.mode", "standalone");
		assertThat(failure("url", "redis://a,b").getReason()).isEqualTo("multiple servers in standalone mode");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					redis://                          | no host                            | redis://host:6379,host:6379/0
					redis://,                         | no host                            | redis://host:6379,host:6379/0
					redis://a,,b                      | no host                            | redis://host:6379,host:6379/0
					redis://a,b:6379,a:6379           | duplicate address             | once
					redis://Redis-1,redis-1:6379      | duplicate address             | once
					redis://[::A]:6379,[::a]:6379     | duplicate address             | once
					redis://a,rediss://b              | mixed schemes 'redis' and 'rediss' | one scheme
					redis://a,redis://b               | multiple schemes               | once
					redis://:secret@a,:secret@b       | multiple users or passwords     | once
					redis-sentinel://a,b/primary      | scheme 'redis-sentinel' does not match mode 'sharded' | foo.mode to sentinel
					redis://a,b/one                   | database must be a number           | redis://host:6379,host:6379/0
					""")
	void listOfShardsIsUnusable(String url, String reason, String action) {
		this.environment.withProperty("foo.mode", "sharded");
		InvalidClientConfigException failure = failure("url", url);
		assertThat(failure.getKey()).isEqualTo("foo.url");
		assertThat(failure.getReason()).isEqualTo(reason);
		assertThat(failure.getAction()).contains("foo.url").contains(action);
		assertThat(failure.getMessage() + failure.getAction()).doesNotContain("secret");
	}

	@Test
	void waitsContradictEachOther() {
		this.environment.withProperty("foo.penalty_box.min_wait", "600 seconds");
		InvalidClientConfigException failure = failure("penalty_box.max_wait", "300 seconds");
		assertThat(failure)
			.hasMessage("foo.penalty_box.max_wait: shorter than foo.penalty_box.min_wait (value '300 seconds')");
		assertThat(failure.getAction()).contains("foo.penalty_box.max_wait", "foo.penalty_box.min_wait or more");
	}

	@Test
	void usernameNeedsPassword() {
		InvalidClientConfigException failure = failure("username", "app");
		assertThat(failure).hasMessage("foo.password: no value specified");
		assertThat(failure.getAction()).contains("user name");
	}

	@Test
	void placeholderHasNoValue() {
		InvalidClientConfigException failure = failure("url", "redis://${REDIS_HOST}:${REDIS_PORT:6379}");
		assertThat(failure.getReason()).isEqualTo("unresolved placeholder ${REDIS_HOST}");
		assertThat(failure.getAction()).contains("environment variable REDIS_HOST").contains("${REDIS_HOST:default}");
	}

	@Test
	void placeholderOfPasswordHasNoValue() {
		InvalidClientConfigException failure = failure("password", "sec${ret}");
		assertThat(failure.getValue()).isEqualTo("******");
	}

	@Test
	void placeholderIsCircular() {
		InvalidClientConfigException failure = failure("url", "redis://app:secret@${foo.url}");
		assertThat(failure).hasMessage("foo.url: circular placeholder (value 'redis://app:******@${foo.url}')")
			.hasNoCause();
	}

	private InvalidClientConfigException failure(String key, String value) {
		this.environment.setProperty("foo." + key, value);
		return catchThrowableOfType(InvalidClientConfigException.class,
				() -> new ClientConfigReader(this.environment).read("foo."));
	}

}
