package io.github.hotplate.command;

import java.util.List;
import java.util.function.Predicate;
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
	 * refuses the first write of a script. Redis 7.0 and later add which script it was,
	 * and earlier ones put that in front.
	 */
	private static final Pattern OF_SERVER = Pattern
		.compile("(?s)(?:CLUSTERDOWN (?:The cluster is down(?: and only accepts read commands)?|"
				+ "Hash slot not served)|TRYAGAIN Multiple keys request during rehashing of slot|"
				+ "LOADING \\w+ is loading the dataset in memory|"
				+ "MASTERDOWN Link with MASTER is down(?: and|,) replica-serve-stale-data is set to 'no'"
				+ "(?: and 'allow-stale' flag is not set on the script)?\\.|"
				+ "READONLY Can not run script with write flag on readonly replica|"
				+ "(?:ERR Error running script \\(call to f_[0-9a-f]{40}\\): [^-]*-)?"
				+ "READONLY You can't write against a read only replica\\.|NOAUTH Authentication required\\.)"
				+ "(?: ?script: .*)?\\s*");

	private static final Pattern MISSING_SCRIPT = Pattern
		.compile("NOSCRIPT No matching script\\.(?: Please use EVAL\\.)?");

	private ErrorReplies() {
	}

	/**
	 * Return what an error reply to a command really is.
	 * @param error the error reply
	 * @param arguments the command
	 * @param refusesScripts asked if the words of a script's error are those of the
	 * server: whether the node refuses scripts with these keys indeed
	 * @return an error without consequences if a script pretends that the server refused
	 * it, otherwise the error itself
	 */
	public static JedisDataException unmask(JedisDataException error, CommandArguments arguments,
			Predicate<ErrorReply> refusesScripts) {
		CommandSpec spec = CommandSpecs.of(arguments);
		ErrorReply reply = CommandSpecs.isScript(spec) ? ErrorReply.of(error) : ErrorReply.NONE;
		if (!hasConsequences(reply)
				|| (isInWordsOfServer(error, spec, arguments) && (!reply.isRefused() || refusesScripts.test(reply)))) {
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
		return reply.isRefused() || reply.breaksConnection() || reply.isRejectedLogin() || reply == ErrorReply.NOSCRIPT;
	}

	private static boolean isInWordsOfServer(JedisDataException error, CommandSpec spec, CommandArguments arguments) {
		if (error instanceof JedisRedirectionException redirection) {
			List<Object> keys = CommandKeys.of(spec, arguments);
			return !keys.isEmpty() && CommandKeys.slot(keys.get(0)) == redirection.getSlot();
		}
		String message = String.valueOf(error.getMessage());
		return OF_SERVER.matcher(message).matches()
				|| (spec.name().startsWith("EVALSHA") && MISSING_SCRIPT.matcher(message).matches());
	}

	/**
	 * Return an error that has no consequences, whatever its first word.
	 * @param message the error as it was received
	 * @return an error that the server itself has not made up
	 */
	public static JedisDataException custom(String message) {
		return new ScriptErrorException(message);
	}

	/**
	 * Return what a server would say to have a command sent again.
	 * @param reason why the command did not run
	 * @return an error after which a command is retried
	 */
	public static JedisDataException tryAgain(String reason) {
		return new JedisDataException(ErrorReply.TRYAGAIN.name() + " " + reason);
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
