package io.github.hotplate.connection;

import jakarta.annotation.Priority;
import org.springframework.core.Ordered;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.activity.ClientActivity;
import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.execution.ConnectionSource;

/**
 * The connection factory that is injected where neither a name nor a qualifier decides. A
 * bean that is marked as primary would also be injected where a name does.
 *
 * @since 0.1.0
 */
@Priority(Ordered.LOWEST_PRECEDENCE)
public class PrimaryConnectionFactory extends MonitoredRedisConnectionFactory {

	/**
	 * Create a factory.
	 * @param client the client
	 * @param commands runs each command
	 * @param connections lends connections to subscriptions and transactions
	 * @param keySpecs marks the keys of commands that are given as a name and bytes
	 * @param activity counts the commands
	 */
	public PrimaryConnectionFactory(ClientConfig client, CommandExecutor commands, ConnectionSource connections,
			KeySpecs keySpecs, ClientActivity activity) {
		super(client, commands, connections, keySpecs, activity);
	}

}
