package io.github.hotplate.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisUrlParser}.
 */
class RedisUrlParserTests {

	@Test
	void readsSeveralSeeds() {
		assertThat(parse("redis://a:7000, b ,10.0.0.1:7002,[::1]:7003", ClientMode.CLUSTER).seeds()).containsExactly(
				new HostAndPort("a", 7000), new HostAndPort("b", 6379), new HostAndPort("10.0.0.1", 7002),
				new HostAndPort("[::1]", 7003));
	}

	@ParameterizedTest
	@CsvSource({ "redis://a, CLUSTER, false, 6379, 0,", "redis://a/, CLUSTER, false, 6379, 0,",
			"REDISS://a/0, CLUSTER, true, 6379, 0,", "redis://a/3, STANDALONE, false, 6379, 3,",
			"redis://a/3, SHARDED, false, 6379, 3,", "redis-sentinel://a/primary, SENTINEL, false, 26379, 0, primary",
			"rediss-sentinel://a/primary/3, SENTINEL, true, 26379, 3, primary",
			"redis://a/my%20primary, SENTINEL, false, 26379, 0, my primary" })
	void readsPathByMode(String url, ClientMode mode, boolean tls, int port, int database, String master) {
		RedisUrl parsed = parse(url, mode);
		assertThat(parsed.tls()).isEqualTo(tls);
		assertThat(parsed.seeds()).containsExactly(new HostAndPort("a", port));
		assertThat(parsed.database()).isEqualTo(database);
		assertThat(parsed.sentinelMaster()).isEqualTo(master);
	}

	@ParameterizedTest
	@CsvSource({ "app:secret, app, secret", ":secret, , secret", "secret, , secret", "app:a:b, app, a:b",
			"app:p%40ss%2Fw%3Ard, app, p@ss/w:rd", "app:a+b, app, a+b", "app:p@ss, app, p@ss",
			"app:a/b?c#d, app, a/b?c#d", "app:, app,", "'', ," })
	void decodesUserInfo(String userInfo, String username, String password) {
		assertThat(parse("redis://" + userInfo + "@a:7000", ClientMode.CLUSTER).credentials())
			.isEqualTo(new Credentials(username, password));
	}

	@ParameterizedTest
	@CsvSource({ "redis://a, CLUSTER, redis://a:6379/0",
			"rediss://:secret@a:7000|b:7001, CLUSTER, rediss://:******@a:7000|b:7001/0",
			"redis://app:secret@a/primary/2, SENTINEL, redis-sentinel://app:******@a:26379/primary/2" })
	void printsWithoutPassword(String url, ClientMode mode, String printed) {
		assertThat(parse(url.replace('|', ','), mode)).hasToString(printed.replace('|', ','));
	}

	private static RedisUrl parse(String url, ClientMode mode) {
		return new RedisUrlParser(new ConfigValue("foo.url", url, "here"), mode, null).parse();
	}

}
