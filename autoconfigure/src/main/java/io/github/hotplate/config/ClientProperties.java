package io.github.hotplate.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.hotplate.config.ConfigProperty.Parser;

/**
 * All properties of a client with their names, defaults and parsers.
 */
final class ClientProperties {

	private static final List<ConfigProperty<?>> ALL = new ArrayList<>();

	static final ConfigProperty<String> URL = key(new ConfigProperty<>("url", "", Parsers::text, RedisUrlList::join));

	static final ConfigProperty<ClientMode> MODE = key("mode", "cluster", Parsers.choice(ClientMode.class));

	static final ConfigProperty<String> USERNAME = key("username", "", Parsers::text);

	static final ConfigProperty<String> PASSWORD = key("password", "", Parsers::text);

	static final ConfigProperty<String> MASTER = key("master", "", Parsers::text);

	static final ConfigProperty<String> SENTINEL_USERNAME = key("sentinel_username", "", Parsers::text);

	static final ConfigProperty<String> SENTINEL_PASSWORD = key("sentinel_password", "", Parsers::text);

	static final ConfigProperty<Boolean> SENTINEL_TLS = key("sentinel_tls", "", Parsers::bool);

	static final ConfigProperty<Boolean> SENTINEL_ALLOW_SINGLE = key("sentinel_allow_single", "false", Parsers::bool);

	static final ConfigProperty<Boolean> SSL_VERIFY_HOSTNAME = key("ssl.verify_hostname", "true", Parsers::bool);

	// Redis itself rejects more than 10,000 clients by default.
	static final ConfigProperty<Integer> MAX_CONNECTIONS = key("max_connections", "50", Parsers.integer(1, 10_000));

	static final ConfigProperty<Boolean> MAX_CONNECTIONS_PER_NODE = key("max_connections_per_node", "false",
			Parsers::bool);

	// A pool with a free connection lends it within microseconds. If a second is not
	// enough, the pool is exhausted, and waiting longer only moves the queue to callers.
	static final ConfigProperty<Duration> TIMEOUT = key("timeout", "1 second", Parsers::timespan);

	// A lost SYN is sent again after one second (RFC 6298): two seconds survive one loss.
	static final ConfigProperty<Duration> SOCKET_CONNECT_TIMEOUT = key("socket_connect_timeout", "2 seconds",
			Parsers::timespan);

	// Jedis's own default, long enough for a slow script or the fork of a snapshot.
	static final ConfigProperty<Duration> SOCKET_TIMEOUT = key("socket_timeout", "2 seconds", Parsers::timespan);

	static final ConfigProperty<Duration> SHUTDOWN_TIMEOUT = key("shutdown_timeout", "", Parsers::timespan);

	static final ConfigProperty<Boolean> READ_FROM_REPLICAS = key("read_from_replicas", "false", Parsers::bool);

	static final ConfigProperty<ReadPreference> READ_PREFERENCE = key("read_preference", "primary",
			Parsers.choice(ReadPreference.class));

	static final ConfigProperty<Boolean> SKIP_FULL_COVERAGE_CHECK = key("skip_full_coverage_check", "true",
			Parsers::bool);

	static final ConfigProperty<Boolean> NODEMANAGER_FOLLOW_CLUSTER = key("nodemanager_follow_cluster", "false",
			Parsers::bool);

	static final ConfigProperty<Duration> TOPOLOGY_REFRESH_PERIOD = key("topology_refresh_period", "60 seconds",
			Parsers::timespan);

	static final ConfigProperty<Integer> RETRY_MAX_ATTEMPTS = key("retry.max_attempts", "1000",
			Parsers.integer(1, 1_000_000));

	static final ConfigProperty<Integer> RETRY_MAX_RETRIES = key("retry.max_retries", "", Parsers.integer(0, 1_000));

	static final ConfigProperty<Integer> RETRY_CLUSTER_DOWN_RETRY_ATTEMPTS = key("retry.cluster_down_retry_attempts",
			"3", Parsers.integer(0, 1_000));

	// Well below the 200 ms target for finding a promoted replica.
	static final ConfigProperty<Duration> RETRY_BACKOFF = key("retry.backoff", "10 milliseconds", Parsers::timespan);

	static final ConfigProperty<Double> RETRY_BACKOFF_MULTIPLIER = key("retry.backoff_multiplier", "2",
			Parsers.decimal(1, 100));

	static final ConfigProperty<Duration> RETRY_MAX_BACKOFF = key("retry.max_backoff", "100 milliseconds",
			Parsers::timespan);

	static final ConfigProperty<Double> RETRY_JITTER = key("retry.jitter", "0.2", Parsers::rate);

	// A failover takes 1.5 times cluster-node-timeout, 15 s by default, plus the vote.
	static final ConfigProperty<Duration> RETRY_DEADLINE = key("retry.deadline", "30 seconds", Parsers::timespan);

	static final ConfigProperty<Boolean> RETRY_NON_IDEMPOTENT = key("retry.non_idempotent", "false", Parsers::bool);

	// The default of fluster.
	static final ConfigProperty<Duration> PENALTY_BOX_MIN_WAIT = key("penalty_box.min_wait", "10 seconds",
			Parsers::timespan);

	static final ConfigProperty<Duration> PENALTY_BOX_MAX_WAIT = key("penalty_box.max_wait", "300 seconds",
			Parsers::timespan);

	static final ConfigProperty<Double> PENALTY_BOX_MULTIPLIER = key("penalty_box.multiplier", "1.5",
			Parsers.decimal(1, 100));

	static final ConfigProperty<Integer> PENALTY_BOX_FAILURE_THRESHOLD = key("penalty_box.failure_threshold", "1",
			Parsers.integer(1, 1_000));

	static final ConfigProperty<Double> PENALTY_BOX_MAX_EJECTED = key("penalty_box.max_ejected", "1", Parsers::rate);

	static final ConfigProperty<Double> TRACK_KEY_READS_SAMPLE_RATE = key("track_key_reads_sample_rate", "0",
			Parsers::rate);

	static final ConfigProperty<Double> TRACK_KEY_WRITES_SAMPLE_RATE = key("track_key_writes_sample_rate", "0",
			Parsers::rate);

	static final ConfigProperty<Duration> HOT_KEYS_FLUSH_INTERVAL = key("hot_keys.flush_interval", "1 second",
			Parsers::timespan);

	static final ConfigProperty<Integer> HOT_KEYS_CAPACITY = key("hot_keys.capacity", "1000",
			Parsers.integer(1, 10_000));

	// With its bounds, the memory of a tracker stays under 2 MiB.
	static final ConfigProperty<Integer> HOT_KEYS_MAX_KEY_LENGTH = key("hot_keys.max_key_length", "128",
			Parsers.integer(32, 256));

	static final ConfigProperty<Boolean> HOT_KEYS_TRACK_SIZES = key("hot_keys.track_sizes", "false", Parsers::bool);

	// A tenth of all reads on one key is more than ten primaries can balance.
	static final ConfigProperty<Double> HOT_KEYS_ALERT_SHARE = key("hot_keys.alert_share", "0.1", Parsers::rate);

	static final ConfigProperty<Integer> HOT_KEYS_TAG_TOP = key("hot_keys.tag_top", "0", Parsers.integer(0, 20));

	static final ConfigProperty<Integer> SLOW_CALLS_CAPACITY = key("slow_calls.capacity", "50",
			Parsers.integer(0, 1_000));

	// Ten times what a call within one data center takes, and Redis' own slowlog default.
	static final ConfigProperty<Duration> SLOW_CALLS_THRESHOLD = key("slow_calls.threshold", "10 milliseconds",
			Parsers::timespanOrZero);

	static final ConfigProperty<String> CLIENT_NAME = key("client_name", "", Parsers::text);

	static final ConfigProperty<Boolean> CLIENT_SET_NAME = key("client_set_name", "false", Parsers::bool);

	static final ConfigProperty<StartupFailure> STARTUP = key("startup", "fail", Parsers.choice(StartupFailure.class));

	private ClientProperties() {
	}

	static List<ConfigProperty<?>> all() {
		return Collections.unmodifiableList(ALL);
	}

	private static <T> ConfigProperty<T> key(String name, String defaultText, Parser<T> parser) {
		return key(new ConfigProperty<>(name, defaultText, parser));
	}

	private static <T> ConfigProperty<T> key(ConfigProperty<T> key) {
		ALL.add(key);
		return key;
	}

}
