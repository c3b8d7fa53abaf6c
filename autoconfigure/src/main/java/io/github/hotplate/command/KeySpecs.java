package io.github.hotplate.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
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
	private static final int FIRST = 3;

	private static final int LAST = 4;

	private static final int STEP = 5;

	private static final int SPECS = 8;

	private final Map<String, List<KeySpec>> specs = new ConcurrentHashMap<>();

	private final Function<CommandObject<Object>, Object> redis;

	/**
	 * Create an instance.
	 * @param redis runs a command on any node
	 */
	public KeySpecs(Function<CommandObject<Object>, Object> redis) {
		this.redis = redis;
	}

	/**
	 * Return a command with its keys marked. Commands that Jedis itself has made are
	 * returned as they are.
	 * @param <T> the type of the reply
	 * @param command the command
	 * @return the command, ready to be routed
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
			Object reply = this.redis.apply(new CommandObject<>(info, BuilderFactory.RAW_OBJECT));
			return (reply instanceof List<?> list && list.get(0) instanceof List<?> entry) ? parse(entry) : List.of();
		}
		catch (JedisDataException ex) {
			// COMMAND may be forbidden. The command then goes to any node, which
			// redirects it.
			return List.of();
		}
		catch (JedisException | DataAccessException ex) {
			// Asked again next time; until then likewise.
			return null;
		}
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
