package io.github.hotplate.activity;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

import io.github.hotplate.command.CommandSpec;

/**
 * What Redis calls the scripts and functions that commands run.
 *
 * @since 0.1.0
 */
public final class StoredProcedures {

	private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{40}");

	/**
	 * What Redis takes for the name of a function.
	 */
	private static final Pattern FUNCTION = Pattern.compile("\\w{1,100}");

	private StoredProcedures() {
	}

	/**
	 * Return the script or the function that a command runs. Anything that cannot be the
	 * name of one may be a user's data, and is not returned.
	 * @param spec what is known of the command
	 * @param arguments its arguments
	 * @return the SHA-1 digest of a script, the name of a function, or {@code null}
	 */
	public static @Nullable String of(CommandSpec spec, CommandArguments arguments) {
		return switch (spec.name()) {
			// The same as in EVALSHA, of which EVAL is the second attempt.
			case "EVAL", "EVAL_RO" -> (arguments.size() > 1) ? DigestUtils.sha1Hex(arguments.get(1).getRaw()) : null;
			case "EVALSHA", "EVALSHA_RO" -> named(DIGEST, arguments, true);
			case "FCALL", "FCALL_RO" -> named(FUNCTION, arguments, false);
			default -> null;
		};
	}

	private static @Nullable String named(Pattern pattern, CommandArguments arguments, boolean lowerCase) {
		if (arguments.size() < 2) {
			return null;
		}
		String name = new String(arguments.get(1).getRaw(), StandardCharsets.UTF_8);
		if (!pattern.matcher(name).matches()) {
			return null;
		}
		return lowerCase ? name.toLowerCase(Locale.ROOT) : name;
	}

}
