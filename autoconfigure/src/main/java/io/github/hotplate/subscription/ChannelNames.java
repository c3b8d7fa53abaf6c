package io.github.hotplate.subscription;

import java.util.ArrayList;
import java.util.List;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

/**
 * What Redis calls that which a caller calls a channel.
 */
enum ChannelNames {

	/**
	 * A channel.
	 */
	CHANNELS {

		@Override
		CommandArguments toRedis(CommandArguments arguments) {
			return arguments;
		}

		@Override
		Object fromRedis(Object reply) {
			return reply;
		}

	},

	/**
	 * A shard channel. Spring Data Redis has no words for them.
	 */
	SHARD_CHANNELS {

		@Override
		CommandArguments toRedis(CommandArguments arguments) {
			ProtocolCommand command = arguments.getCommand();
			if (command == Command.PSUBSCRIBE) {
				throw new InvalidDataAccessApiUsageException(
						"Shard channels have no patterns. Subscribe to the channels by name");
			}
			if (command == Command.SUBSCRIBE) {
				return copy(TopicKind.SHARD.subscribe(), arguments);
			}
			return (command == Command.UNSUBSCRIBE) ? copy(TopicKind.SHARD.unsubscribe(), arguments) : arguments;
		}

		@Override
		Object fromRedis(Object reply) {
			if (!(reply instanceof List<?> parts) || !(parts.get(0) instanceof byte[] word) || word[0] != 's') {
				return reply;
			}
			// "smessage" is "message", "ssubscribe" and "sunsubscribe" likewise.
			List<Object> renamed = new ArrayList<>(parts);
			renamed.set(0, SafeEncoder.encode(SafeEncoder.encode(word).substring(1)));
			return renamed;
		}

	};

	/**
	 * Translate a command.
	 * @param arguments the caller's command
	 * @return the command for Redis
	 */
	abstract CommandArguments toRedis(CommandArguments arguments);

	/**
	 * Translate a reply.
	 * @param reply the reply of Redis
	 * @return the reply for the caller
	 */
	abstract Object fromRedis(Object reply);

	private static CommandArguments copy(ProtocolCommand command, CommandArguments arguments) {
		CommandArguments copy = new CommandArguments(command);
		boolean first = true;
		for (Rawable argument : arguments) {
			if (!first) {
				copy.add(argument);
			}
			first = false;
		}
		return copy;
	}

}
