package io.github.hotplate.routing;

import java.nio.charset.StandardCharsets;
import java.util.List;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.ErrorReplies;
import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.pool.PooledConnection;

/**
 * Finds out whether a node refuses scripts, or a script only quotes such a refusal. The
 * node gets another script with the same keys that does nothing: it refuses either both
 * or none.
 */
final class ScriptProbe {

	private static final String NOTHING = "return 1";

	/**
	 * A script that may write, as far as Redis knows. Redis before 7.0 does not compile
	 * it.
	 */
	private static final String WRITING_NOTHING = "#!lua flags=allow-oom\nreturn 1";

	private static final String REPLICA = "slave";

	private ScriptProbe() {
	}

	/**
	 * Return what an error reply to a command really is.
	 * @param error the error reply
	 * @param arguments the command
	 * @param asking whether it followed {@code ASKING}
	 * @param connection where the reply came from, with all replies read
	 * @return the error itself, or one without consequences if a script made it up
	 * @throws JedisConnectionException if the connection was lost before that was known,
	 * so that the script may have run
	 */
	static JedisDataException unmask(JedisDataException error, CommandArguments arguments, boolean asking,
			Connection connection) {
		return ErrorReplies.unmask(error, arguments, (reply) -> isConfirmed(reply, arguments, asking, connection));
	}

	// A script that only reads may run twice, so it need not be known.
	private static boolean isConfirmed(ErrorReply refusal, CommandArguments script, boolean asking,
			Connection connection) {
		CommandSpec spec = CommandSpecs.of(script);
		try {
			if (connection instanceof PooledConnection pooled) {
				pooled.checkInStep();
			}
			if (asking) {
				connection.executeCommand(Command.ASKING);
			}
			connection.executeCommand(probe(refusal, CommandKeys.of(spec, script), spec.readOnly()));
			return false;
		}
		catch (JedisDataException ex) {
			ErrorReply reply = ErrorReply.of(ex);
			return reply.isRefused() || (reply.isNeverAnswered() && spec.readOnly())
					|| (refusal == ErrorReply.READONLY && reply == ErrorReply.ERR && isReplica(connection));
		}
	}

	// The cluster may be down for writes only.
	private static CommandArguments probe(ErrorReply refusal, List<Object> keys, boolean readOnly) {
		boolean writing = !readOnly && (refusal == ErrorReply.READONLY || refusal == ErrorReply.CLUSTERDOWN);
		CommandArguments probe = new CommandArguments(readOnly ? Command.EVAL_RO : Command.EVAL)
			.add(writing ? WRITING_NOTHING : NOTHING)
			.add(keys.size());
		keys.forEach(probe::key);
		return probe;
	}

	private static boolean isReplica(Connection connection) {
		try {
			Object reply = connection.executeCommand(new CommandArguments(Command.ROLE));
			return reply instanceof List<?> role && role.get(0) instanceof byte[] name
					&& REPLICA.equals(new String(name, StandardCharsets.UTF_8));
		}
		catch (JedisDataException ex) {
			return false;
		}
	}

}
