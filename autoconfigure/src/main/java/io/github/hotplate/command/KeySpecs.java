package io.github.hotplate.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.springframework.dao.DataAccessException;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Marks the keys of commands that are given as a name and bytes, so that they are routed
 * like any other command. Redis itself reports where the keys are, which covers modules
 * and future commands; it is asked once per name. Thread-safe.
 *
 * @since 0.1.0
 */
public final class KeySpecs {

	private final KeySpecCache cache;

	private final KeySpecPolicy policy;

	private KeySpecs(KeySpecCache cache, KeySpecPolicy policy) {
		this.cache = cache;
		this.policy = policy;
	}

	/**
	 * Create an instance for commands that only their keys can route. Marking fails if
	 * Redis does not report the keys.
	 * @param redis runs a command on any node
	 * @return a new instance
	 */
	public static KeySpecs required(Function<CommandObject<Object>, Object> redis) {
		KeySpecCache cache = new KeySpecCache(redis);
		return new KeySpecs(cache, new RequiredKeySpecs(cache));
	}

	/**
	 * Create an instance for commands that reach their node without marked keys, as where
	 * any node redirects them.
	 * @param redis runs a command on any node
	 * @return a new instance
	 */
	public static KeySpecs optional(Function<CommandObject<Object>, Object> redis) {
		KeySpecCache cache = new KeySpecCache(redis);
		return new KeySpecs(cache, new OptionalKeySpecs(cache));
	}

	/**
	 * Return an instance for commands that all go to one place, regardless of their keys.
	 * @return an instance for which keys are optional, and which shares what this one has
	 * learned
	 */
	public KeySpecs asOptional() {
		return new KeySpecs(this.cache, new OptionalKeySpecs(this.cache));
	}

	/**
	 * Return a command with its keys marked. Commands whose keys are marked already, such
	 * as those of Jedis' own methods, are returned unchanged.
	 * @param <T> the type of the reply
	 * @param command the command
	 * @return the command, ready to be routed; without marked keys if they are optional
	 * and Redis does not report them
	 * @throws JedisException if keys are required and Redis does not report them
	 * @throws DataAccessException likewise
	 */
	public <T> CommandObject<T> mark(CommandObject<T> command) {
		CommandArguments arguments = command.getArguments();
		if (arguments.size() < 2 || !arguments.getKeys().isEmpty() || !(isRaw(command) || hidesKeys(arguments))) {
			return command;
		}
		if (BlockingCommands.includes(arguments)) {
			arguments.blocking();
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
		if (arguments.isBlocking()) {
			marked.blocking();
		}
		return new CommandObject<>(marked, command.getBuilder());
	}

	// Jedis' sendCommand takes a command of its own with any arguments.
	private static boolean isRaw(CommandObject<?> command) {
		return !(command.getArguments().getCommand() instanceof Enum<?>)
				|| command.getBuilder() == BuilderFactory.RAW_OBJECT;
	}

	// Jedis' own methods mark all keys, but its executeCommand takes any command.
	private static boolean hidesKeys(CommandArguments arguments) {
		if (!(arguments.getCommand() instanceof Command)) {
			return false;
		}
		CommandSpec spec = CommandSpecs.of(arguments);
		return spec.access() != AccessRule.NONE && spec.requestPolicy().followsKeys();
	}

	private List<Integer> keys(CommandArguments arguments) {
		CommandSpec spec = CommandSpecs.of(arguments);
		if (spec.keys() != KeyPositions.MARKED) {
			return spec.keys().locate(arguments).boxed().toList();
		}
		List<KeySpec> specs = this.policy.specs(spec.name().replace(' ', '|'));
		if (specs.isEmpty()) {
			return List.of();
		}
		List<byte[]> raw = new ArrayList<>(arguments.size());
		arguments.forEach((argument) -> raw.add(argument.getRaw()));
		List<Integer> keys = new ArrayList<>();
		specs.forEach((each) -> keys.addAll(each.locate(raw)));
		return keys;
	}

}
