package io.github.hotplate.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.hotplate.config.ConfigKey.Parser;

/**
 * Every key of a client: its name, its default and the values it takes.
 */
final class ClientKeys {

	private static final List<ConfigKey<?>> ALL = new ArrayList<>();

	static final ConfigKey<String> URL = key("url", "", ConfigValue::text);

	static final ConfigKey<ClientMode> MODE = key("mode", "cluster", Parsers.choice(ClientMode.class));

	static final ConfigKey<String> USERNAME = key("username", "", ConfigValue::text);

	static final ConfigKey<String> PASSWORD = key("password", "", ConfigValue::text);

	static final ConfigKey<String> MASTER = key("master", "", ConfigValue::text);

	static final ConfigKey<String> SENTINEL_USERNAME = key("sentinel_username", "", ConfigValue::text);

	static final ConfigKey<String> SENTINEL_PASSWORD = key("sentinel_password", "", ConfigValue::text);

	static final ConfigKey<Boolean> SENTINEL_TLS = key("sentinel_tls", "", Parsers::bool);

	static final ConfigKey<Boolean> SENTINEL_ALLOW_SINGLE = key("sentinel_allow_single", "false", Parsers::bool);

	// Redis itself refuses more than 10,000 clients by default.
	static final ConfigKey<Integer> MAX_CONNECTIONS = key("max_connections", "50", Parsers.integer(1, 10_000));

	static final ConfigKey<Boolean> MAX_CONNECTIONS_PER_NODE = key("max_connections_per_node", "false", Parsers::bool);

	// A pool with a connection to spare hands it out in microseconds. Where a second is
	// not enough it is exhausted, and waiting longer only moves the queue to the callers.
	static final ConfigKey<Duration> TIMEOUT = key("timeout", "1 second", Parsers::timespan);

	// A lost SYN is sent again after one second (RFC 6298): two seconds survive one loss.
	static final ConfigKey<Duration> SOCKET_CONNECT_TIMEOUT = key("socket_connect_timeout", "2 seconds",
			Parsers::timespan);

	// Jedis's own default, long enough for a slow script or the fork of a snapshot.
	static final ConfigKey<Duration> SOCKET_TIMEOUT = key("socket_timeout", "2 seconds", Parsers::timespan);

	static final ConfigKey<Boolean> READ_FROM_REPLICAS = key("read_from_replicas", "false", Parsers::bool);

	static final ConfigKey<ReadPreference> READ_PREFERENCE = key("read_preference", "primary",
			Parsers.choice(ReadPreference.class));

	static final ConfigKey<Boolean> SKIP_FULL_COVERAGE_CHECK = key("skip_full_coverage_check", "true", Parsers::bool);

	static final ConfigKey<Boolean> NODEMANAGER_FOLLOW_CLUSTER = key("nodemanager_follow_cluster", "false",
			Parsers::bool);

	static final ConfigKey<Duration> TOPOLOGY_REFRESH_PERIOD = key("topology_refresh_period", "60 seconds",
			Parsers::timespan);

	static final ConfigKey<Integer> RETRY_MAX_ATTEMPTS = key("retry.max_attempts", "1000",
			Parsers.integer(1, 1_000_000));

	static final ConfigKey<Integer> RETRY_MAX_RETRIES = key("retry.max_retries", "", Parsers.integer(0, 1_000));

	static final ConfigKey<Integer> RETRY_CLUSTER_DOWN_RETRY_ATTEMPTS = key("retry.cluster_down_retry_attempts", "3",
			Parsers.integer(0, 1_000));

	// Short beside the 200 ms in which a promoted replica shall be found.
	static final ConfigKey<Duration> RETRY_BACKOFF = key("retry.backoff", "10 milliseconds", Parsers::timespan);

	static final ConfigKey<Double> RETRY_BACKOFF_MULTIPLIER = key("retry.backoff_multiplier", "2",
			Parsers.decimal(1, 100));

	static final ConfigKey<Duration> RETRY_MAX_BACKOFF = key("retry.max_backoff", "100 milliseconds",
			Parsers::timespan);

	static final ConfigKey<Double> RETRY_JITTER = key("retry.jitter", "0.2", Parsers::rate);

	// A failover takes half as long again as cluster-node-timeout, which is 15 s by
	// default, and the vote.
	static final ConfigKey<Duration> RETRY_DEADLINE = key("retry.deadline", "30 seconds", Parsers::timespan);

	static final ConfigKey<Boolean> RETRY_NON_IDEMPOTENT = key("retry.non_idempotent", "false", Parsers::bool);

	// fluster's.
	static final ConfigKey<Duration> PENALTY_BOX_MIN_WAIT = key("penalty_box.min_wait", "10 seconds",
			Parsers::timespan);

	static final ConfigKey<Duration> PENALTY_BOX_MAX_WAIT = key("penalty_box.max_wait", "300 seconds",
			Parsers::timespan);

	static final ConfigKey<Double> PENALTY_BOX_MULTIPLIER = key("penalty_box.multiplier", "1.5",
			Parsers.decimal(1, 100));

	static final ConfigKey<Integer> PENALTY_BOX_FAILURE_THRESHOLD = key("penalty_box.failure_threshold", "1",
			Parsers.integer(1, 1_000));

	static final ConfigKey<Double> PENALTY_BOX_MAX_EJECTED = key("penalty_box.max_ejected", "1", Parsers::rate);

	static final ConfigKey<Double> TRACK_KEY_READS_SAMPLE_RATE = key("track_key_reads_sample_rate", "0", Parsers::rate);

	static final ConfigKey<Double> TRACK_KEY_WRITES_SAMPLE_RATE = key("track_key_writes_sample_rate", "0",
			Parsers::rate);

	static final ConfigKey<Duration> HOT_KEYS_FLUSH_INTERVAL = key("hot_keys.flush_interval", "1 second",
			Parsers::timespan);

	static final ConfigKey<Integer> HOT_KEYS_CAPACITY = key("hot_keys.capacity", "1000", Parsers.integer(1, 10_000));

	// With its bounds, the memory of a tracker stays under 2 MiB.
	static final ConfigKey<Integer> HOT_KEYS_MAX_KEY_LENGTH = key("hot_keys.max_key_length", "128",
			Parsers.integer(32, 256));

	static final ConfigKey<Boolean> HOT_KEYS_TRACK_SIZES = key("hot_keys.track_sizes", "false", Parsers::bool);

	// A tenth of all reads on one key is more than a cluster of ten primaries can share
	// out.
	static final ConfigKey<Double> HOT_KEYS_ALERT_SHARE = key("hot_keys.alert_share", "0.1", Parsers::rate);

	static final ConfigKey<Integer> HOT_KEYS_TAG_TOP = key("hot_keys.tag_top", "0", Parsers.integer(0, 20));

	static final ConfigKey<String> CLIENT_NAME = key("client_name", "", ConfigValue::text);

	static final ConfigKey<Boolean> CLIENT_SET_NAME = key("client_set_name", "false", Parsers::bool);

	static final ConfigKey<Startup> STARTUP = key("startup", "fail", Parsers.choice(Startup.class));

	private ClientKeys() {
	}

	static List<ConfigKey<?>> all() {
		return Collections.unmodifiableList(ALL);
	}

	private static <T> ConfigKey<T> key(String name, String defaultText, Parser<T> parser) {
		ConfigKey<T> key = new ConfigKey<>(name, defaultText, parser);
		ALL.add(key);
		return key;
	}

}
