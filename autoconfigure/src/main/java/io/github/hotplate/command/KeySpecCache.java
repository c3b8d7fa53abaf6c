package io.github.hotplate.command;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Asks Redis for the key specifications of commands, and remembers the answers for at
 * most {@value #LIMIT} commands, and for as many names that Redis does not know. Failures
 * are not remembered. Thread-safe.
 *
 * @see <a href="https://redis.io/docs/latest/commands/command-info/">COMMAND INFO</a>
 */
final class KeySpecCache {

	private static final int LIMIT = 1_000;

	/**
	 * Positions in the reply of {@code COMMAND INFO}.
	 */
	private static final int FLAGS = 2;

	private static final int FIRST = 3;

	private static final int LAST = 4;

	private static final int STEP = 5;

	private static final int SPECS = 8;

	private final Map<String, Entry> entries = new ConcurrentHashMap<>();

	// So that names made up at run time take no place from commands.
	private final Map<String, Entry> strangers = new ConcurrentHashMap<>();

	private final Function<CommandObject<Object>, Object> redis;

	/**
	 * Create an empty cache.
	 * @param redis runs a command on any node
	 */
	KeySpecCache(Function<CommandObject<Object>, Object> redis) {
		this.redis = redis;
	}

	/**
	 * Return what is known of a command without asking Redis.
	 * @param command the name, a subcommand after a {@code |}
	 * @return what Redis reported earlier, or {@code null}
	 */
	@Nullable Entry find(String command) {
		Entry known = this.entries.get(command);
		return (known != null) ? known : this.strangers.get(command);
	}

	/**
	 * Ask Redis for the key specifications of a command, and remember the answer.
	 * @param command the name, a subcommand after a {@code |}
	 * @param attempts how often to ask at most while connections fail
	 * @return what Redis reports
	 */
	Entry load(String command, int attempts) {
		return remember(command, ask(command, attempts));
	}

	/**
	 * Remember that Redis refuses to report the key specifications of a command.
	 * @param command the name, a subcommand after a {@code |}
	 * @return the entry for a refusal
	 */
	Entry rememberRefusal(String command) {
		return remember(command, Entry.REFUSED);
	}

	private Entry remember(String command, Entry entry) {
		Map<String, Entry> places = (entry == Entry.NONE) ? this.strangers : this.entries;
		if (places.size() < LIMIT) {
			places.put(command, entry);
		}
		return entry;
	}

	private Entry ask(String command, int attempts) {
		CommandArguments info = new CommandArguments(Command.COMMAND).add("INFO").add(command);
		Object reply = ask(new CommandObject<>(info, BuilderFactory.RAW_OBJECT), attempts);
		if (reply instanceof List<?> list && list.get(0) instanceof List<?> entry) {
			return entry(entry);
		}
		// Before 7.0, Redis knows no subcommands.
		int container = command.indexOf('|');
		return (container > 0) ? ask(command.substring(0, container), attempts) : Entry.NONE;
	}

	private @Nullable Object ask(CommandObject<Object> info, int attempts) {
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

	private static Entry entry(List<?> reply) {
		boolean movable = BuilderFactory.STRING_LIST.build(reply.get(FLAGS)).contains("movablekeys");
		if (reply.size() > SPECS && reply.get(SPECS) instanceof List<?> specs) {
			List<KeySpec> known = specs.stream().map(KeySpec::parse).filter(Objects::nonNull).toList();
			boolean complete = known.size() == specs.size() && known.stream().noneMatch(KeySpec::incomplete);
			return new Entry(known, !complete || (movable && known.isEmpty()));
		}
		int first = number(reply, FIRST);
		return new Entry(
				(first > 0) ? List.of(KeySpec.range(first, number(reply, LAST), number(reply, STEP))) : List.of(),
				movable);
	}

	private static int number(List<?> entry, int position) {
		return ((Long) entry.get(position)).intValue();
	}

	/**
	 * What Redis reports about the keys of a command.
	 *
	 * @param specs where the keys are, empty if the command has none or hides them
	 * @param hidesKeys whether keys can be elsewhere, too: Redis before 7.0 and modules
	 * may report them only for a complete command
	 */
	record Entry(List<KeySpec> specs, boolean hidesKeys) {

		static final Entry NONE = new Entry(List.of(), false);

		// An instance of its own: a caller that needs the keys asks again.
		static final Entry REFUSED = new Entry(List.of(), false);

		boolean isRefusal() {
			return this == REFUSED;
		}

	}

}
