package io.github.hotplate.command;

import java.util.List;
import java.util.regex.Pattern;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Prepares error replies for {@link ErrorReply}, which looks at the error alone and not
 * at the command that met it.
 *
 * @since 0.1.0
 */
public final class ErrorReplies {

	/**
	 * What the server itself says before a script runs, or when a read-only replica
	 * refuses the first write of a script. Redis 7.0 and later add which script it was.
	 */
	private static final Pattern OF_SERVER = Pattern
		.compile("(?s)(?:CLUSTERDOWN (?:The cluster is down(?: and only accepts read commands)?|"
				+ "Hash slot not served)|TRYAGAIN Multiple keys request during rehashing of slot|"
				+ "LOADING .* is loading the dataset in memory|MASTERDOWN Link with MASTER is down.*|"
				+ "READONLY (?:You can't write against a read only replica\\.|"
				+ "Can not run script with write flag on readonly replica)|NOSCRIPT No matching script.*|"
				+ "NOAUTH Authentication required\\.|ERR Error running script.*)" + "(?: ?script: .*)?\\s*");

	private ErrorReplies() {
	}

	/**
	 * Return what an error reply to a command really is.
	 * @param error the error reply
	 * @param arguments the command
	 * @return an error without consequences if a script pretends that the server refused
	 * it, otherwise the error itself
	 */
	public static JedisDataException unmask(JedisDataException error, CommandArguments arguments) {
		CommandSpec spec = CommandSpecs.of(arguments);
		if (!CommandSpecs.isScript(spec) || !hasConsequences(ErrorReply.of(error))
				|| isOfServer(error, spec, arguments)) {
			return error;
		}
		// Without the reply as a cause, which others would take for one of the server.
		// Spring Data Redis runs a script again where a message has this word.
		ScriptErrorException own = new ScriptErrorException(
				String.valueOf(error.getMessage()).replace("NOSCRIPT", "NO SCRIPT"));
		own.setStackTrace(error.getStackTrace());
		return own;
	}

	private static boolean hasConsequences(ErrorReply reply) {
		return reply.isRefused() || reply.breaksConnection() || reply == ErrorReply.NOSCRIPT;
	}

	private static boolean isOfServer(JedisDataException error, CommandSpec spec, CommandArguments arguments) {
		if (error instanceof JedisRedirectionException redirection) {
			List<Object> keys = CommandKeys.of(spec, arguments);
			return !keys.isEmpty() && CommandKeys.slot(keys.get(0)) == redirection.getSlot();
		}
		return OF_SERVER.matcher(String.valueOf(error.getMessage())).matches();
	}

	/**
	 * Return the same error with something to add to its message.
	 * @param error the error reply
	 * @param place where it happened
	 * @return an error with the same meaning
	 */
	public static JedisDataException locate(JedisDataException error, String place) {
		String message = error.getMessage() + place;
		return (error instanceof ScriptErrorException own) ? new ScriptErrorException(message, own)
				: new JedisDataException(message, error);
	}

}
