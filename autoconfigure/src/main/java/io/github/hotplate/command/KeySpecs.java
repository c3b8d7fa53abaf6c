package io.github.hotplate.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.RedisConnectionFailureException;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Marks the keys of commands that are given as a name and bytes, so that they find their
 * node as any other command does. Where the keys are is asked of Redis itself, once for
 * each name, which covers modules and whatever is to come. Thread-safe; remembers at most
 * {@value #LIMIT} names.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/commands/command-info/">COMMAND INFO</a>
 */
public final class KeySpecs {

	private static final int LIMIT = 1_000;

	/**
	 * Positions in the reply of {@code COMMAND INFO}.
	 */
	private static final int FLAGS = 2;

	private static final int FIRST = 3;

	private static final int LAST = 4;

	private static final int STEP = 5;

	private static final int SPECS = 8;

	/**
	 * How Redis begins to refuse a command or a subcommand that it does not have.
	 */
	private static final String UNKNOWN = "ERR unknown";

	/**
	 * A node that dies fails two questions: on a connection, and when the next is opened.
	 * Then it is left out, and others are asked.
	 */
	private static final int ATTEMPTS = 5;

	private final Map<String, List<KeySpec>> specs = new ConcurrentHashMap<>();

	private final Function<CommandObject<Object>, Object> redis;

	private final boolean keysOptional;

	private final KeySpecs atOnePlace;

	/**
	 * Create an instance.
	 * @param redis runs a command on any node
	 * @param keysOptional whether a command reaches the node of its keys although they
	 * are not marked, as where any node redirects it there
	 */
	public KeySpecs(Function<CommandObject<Object>, Object> redis, boolean keysOptional) {
		this.redis = redis;
		this.keysOptional = keysOptional;
		this.atOnePlace = keysOptional ? this : new KeySpecs(redis, true);
	}

	/**
	 * Return what marks the keys of commands that all go to one place, whatever their
	 * keys.
	 * @return the same instance each time, for which keys are optional
	 */
	public KeySpecs atOnePlace() {
		return this.atOnePlace;
	}

	/**
	 * Return a command with its keys marked. Commands that Jedis itself has made are
	 * returned as they are.
	 * @param <T> the type of the reply
	 * @param command the command
	 * @return the command, ready to be routed; without marked keys where Redis does not
	 * tell them and the command gets to its node nevertheless
	 * @throws JedisException if Redis does not tell the keys, and nobody could say where
	 * to send the command
	 * @throws DataAccessException likewise
	 */
	public <T> CommandObject<T> mark(CommandObject<T> command) {
		CommandArguments arguments = command.getArguments();
		if (arguments.getCommand() instanceof Enum<?> || arguments.size() < 2 || !arguments.getKeys().isEmpty()) {
			return command;
		}
		List<Integer> keys = keys(arguments);
		if (keys.isEmpty()) {
			return command;
		}
		CommandArguments marked = new CommandArguments(arguments.getCommand());
		for (int i = 1; i < arguments.size(); i++) {
			if (keys.contains(i)) {
				marked.key(arguments.get(i).getRaw());
			}
			else {
				marked.add(arguments.get(i));
			}
		}
		if (BlockingCommands.includes(arguments)) {
			marked.blocking();
		}
		return new CommandObject<>(marked, command.getBuilder());
	}

	private List<Integer> keys(CommandArguments arguments) {
		List<KeySpec> known = specs(CommandSpecs.of(arguments).name().replace(' ', '|'));
		if (known.isEmpty()) {
			return List.of();
		}
		List<byte[]> raw = new ArrayList<>(arguments.size());
		arguments.forEach((argument) -> raw.add(argument.getRaw()));
		List<Integer> keys = new ArrayList<>();
		known.forEach((spec) -> keys.addAll(spec.locate(raw)));
		return keys;
	}

	private List<KeySpec> specs(String command) {
		List<KeySpec> known = this.specs.get(command);
		if (known != null) {
			return known;
		}
		List<KeySpec> asked = ask(command);
		if (asked == null) {
			return List.of();
		}
		if (this.specs.size() < LIMIT) {
			this.specs.put(command, asked);
		}
		return asked;
	}

	private @Nullable List<KeySpec> ask(String command) {
		CommandArguments info = new CommandArguments(Command.COMMAND).add("INFO").add(command);
		try {
			Object reply = ask(new CommandObject<>(info, BuilderFactory.RAW_OBJECT));
			if (reply instanceof List<?> list && list.get(0) instanceof List<?> entry) {
				return parse(command, entry);
			}
			// Before 7.0, Redis knows no subcommands.
			int container = command.indexOf('|');
			return (container > 0) ? ask(command.substring(0, container)) : List.of();
		}
		catch (JedisDataException ex) {
			boolean lasting = isLasting(ex);
			if (!this.keysOptional) {
				throw lasting ? unknownPlace(command, ex) : ex;
			}
			return lasting ? List.of() : null;
		}
		catch (JedisException | DataAccessException ex) {
			if (!this.keysOptional) {
				throw ex;
			}
			// Asked again next time.
			return null;
		}
	}

	private @Nullable Object ask(CommandObject<Object> info) {
		int attempts = this.keysOptional ? 1 : ATTEMPTS;
		for (int attempt = 1;; attempt++) {
			try {
				return this.redis.apply(info);
			}
			catch (JedisConnectionException | RedisConnectionFailureException ex) {
				if (attempt == attempts) {
					throw ex;
				}
			}
		}
	}

	// COMMAND may be forbidden or renamed. Redis is busy or loading for a while only.
	private static boolean isLasting(JedisDataException refusal) {
		String message = String.valueOf(refusal.getMessage());
		return message.startsWith("NOPERM") || message.regionMatches(true, 0, UNKNOWN, 0, UNKNOWN.length());
	}

	private static JedisDataException unknownPlace(String command, JedisDataException refusal) {
		String message = unknownPlace(command) + "Redis refuses COMMAND INFO. Allow the user +command|info, or "
				+ remedy(command) + ": " + refusal.getMessage();
		return (refusal instanceof JedisAccessControlException) ? new JedisAccessControlException(message, refusal)
				: new JedisDataException(message, refusal);
	}

	private static String unknownPlace(String command) {
		return "Cannot tell which server has the keys of " + command.replace('|', ' ') + ": ";
	}

	private static String remedy(String command) {
		return "call the method for " + command.replace('|', ' ') + " instead of giving its name";
	}

	private List<KeySpec> parse(String command, List<?> entry) {
		List<KeySpec> known = parse(entry);
		if (known.isEmpty() && !this.keysOptional && hasHiddenKeys(entry)) {
			throw new InvalidDataAccessApiUsageException(
					unknownPlace(command) + "Redis does not say where they are. To have it found, " + remedy(command));
		}
		return known;
	}

	// Some commands, of modules above all, tell their keys only to those who ask for them
	// with all arguments.
	private static boolean hasHiddenKeys(List<?> entry) {
		return BuilderFactory.STRING_LIST.build(entry.get(FLAGS)).contains("movablekeys");
	}

	private static List<KeySpec> parse(List<?> entry) {
		if (entry.size() > SPECS && entry.get(SPECS) instanceof List<?> specs) {
			return specs.stream().map(KeySpec::parse).filter(Objects::nonNull).toList();
		}
		int first = number(entry, FIRST);
		return (first > 0) ? List.of(KeySpec.range(first, number(entry, LAST), number(entry, STEP))) : List.of();
	}

	private static int number(List<?> entry, int position) {
		return ((Long) entry.get(position)).intValue();
	}

}
