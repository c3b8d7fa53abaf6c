package io.github.hotplate.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the servers of one embedded Redis have in common.
 *
 * @param credentials who may use the servers
 * @param tls the certificate to serve TLS with, or {@code null} for plain text
 * @param options more directives of {@code redis.conf}, which win over all others
 */
record ServerSettings(Credentials credentials, @Nullable EmbeddedRedisTls tls, List<Option> options) {

	ServerSettings {
		options = List.copyOf(options);
	}

	RedisConfig dataNode(int port) {
		RedisConfig config = listener(port);
		this.credentials.applyTo(config);
		this.credentials.applyToReplication(config);
		config.add("save", "");
		config.add("appendonly", "no");
		config.add("repl-diskless-sync-delay", 0);
		// At the default of 10 s, CLUSTER SLOTS hides a new replica for as long.
		config.add("repl-ping-replica-period", 1);
		return config;
	}

	RedisConfig listener(int port) {
		RedisConfig config = new RedisConfig();
		config.add("bind", RedisNode.HOST);
		if (this.tls != null) {
			config.add("port", 0);
			config.add("tls-port", port);
			this.tls.applyTo(config);
		}
		else {
			config.add("port", port);
		}
		return config;
	}

	void applyOptions(RedisConfig config) {
		this.options.forEach((option) -> config.add(option.name(), option.arguments().toArray()));
	}

	String scheme() {
		return (this.tls != null) ? "rediss" : "redis";
	}

	record Option(String name, List<String> arguments) {

		Option {
			arguments = List.copyOf(arguments);
		}

	}

}
