package io.github.hotplate.observation;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;

import io.github.hotplate.config.ClientConfig;

/**
 * What distinguishes one client's command meters from another's.
 *
 * @param clientName the value of {@code redis_client_name}, empty by default
 * @param type the value of {@code redis_type}, such as {@code cluster}
 * @param database the value of {@code redis_database}
 * @since 0.1.0
 */
public record CommandTags(String clientName, String type, int database) {

	static final String COMMAND = "redis_command";

	static final String SUCCESS = "redis_success";

	/**
	 * Return the tags of a client.
	 * @param client the client's configuration
	 * @return its tags
	 */
	public static CommandTags of(ClientConfig client) {
		return new CommandTags(client.metricsName(), client.mode().label(), client.url().database());
	}

	Tags of(String command) {
		return Tags.of(Tag.of(COMMAND, command), Tag.of("redis_client_name", this.clientName),
				Tag.of("redis_database", String.valueOf(this.database)), Tag.of("redis_type", this.type));
	}

}
