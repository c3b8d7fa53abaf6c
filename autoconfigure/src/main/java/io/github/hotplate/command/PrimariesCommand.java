package io.github.hotplate.command;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Builder;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

/**
 * A command for every primary, regardless of its policy. Its reply tells the replies
 * apart: by node, in the order of the nodes' slots, as they come off the wire.
 *
 * @since 0.1.0
 */
public final class PrimariesCommand extends CommandObject<Map<HostAndPort, @Nullable Object>> {

	private static final Builder<Map<HostAndPort, @Nullable Object>> REPLIES = new Builder<>() {

		@Override
		@SuppressWarnings("unchecked")
		public Map<HostAndPort, @Nullable Object> build(Object data) {
			return (Map<HostAndPort, @Nullable Object>) data;
		}

	};

	public PrimariesCommand(CommandArguments arguments) {
		super(arguments, REPLIES);
	}

}
