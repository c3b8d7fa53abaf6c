package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The keys of commands as a server reports them, or as they are documented where the
 * server does not know a command.
 */
public final class ServerKeys {

	private static final Function<List<String>, List<String>> NONE = (words) -> List.of();

	private static final Function<List<String>, List<String>> FIRST = (words) -> words.subList(1, 2);

	private static final Function<List<String>, List<String>> FIRST_TWO = (words) -> words.subList(1, 3);

	private static final Function<List<String>, List<String>> SECOND = (words) -> words.subList(2, 3);

	private static final Function<List<String>, List<String>> FIRST_AND_COUNTED = (words) -> IntStream
		.concat(IntStream.of(1), IntStream.range(3, 3 + Integer.parseInt(words.get(2))))
		.mapToObj(words::get)
		.toList();

	/**
	 * Commands of modules and of later versions whose key is not just the first argument.
	 */
	private static final Map<String, Function<List<String>, List<String>>> DOCUMENTED = Map.ofEntries(
			Map.entry("CMS.MERGE", FIRST_AND_COUNTED), Map.entry("TDIGEST.MERGE", FIRST_AND_COUNTED),
			Map.entry("TS.CREATERULE", FIRST_TWO), Map.entry("TS.DELETERULE", FIRST_TWO),
			Map.entry("TS.MADD", (words) -> every(3, words.subList(1, words.size()))),
			Map.entry("JSON.MGET", (words) -> words.subList(1, words.size() - 1)), Map.entry("JSON.DEBUG", SECOND),
			Map.entry("MSETEX", (words) -> every(2, words.subList(2, 2 + 2 * Integer.parseInt(words.get(1))))),
			// Jedis sends the pages of a cursor to one node by the name of the index.
			Map.entry("FT.CURSOR", SECOND), Map.entry("FT.SUGADD", FIRST), Map.entry("FT.SUGDEL", FIRST),
			Map.entry("FT.SUGGET", FIRST), Map.entry("FT.SUGLEN", FIRST), Map.entry("TS.MGET", NONE),
			Map.entry("TS.MRANGE", NONE), Map.entry("TS.MREVRANGE", NONE), Map.entry("TS.QUERYINDEX", NONE),
			Map.entry("HOTKEYS", NONE), Map.entry("WAITAOF", NONE));

	private final Connection server;

	public ServerKeys(Connection server) {
		this.server = server;
	}

	/**
	 * Return the keys of a command.
	 * @param command the command
	 * @return its keys in the order of the arguments
	 */
	public List<String> of(CommandArguments command) {
		if (command.size() == 1) {
			return List.of();
		}
		CommandArguments question = new CommandArguments(Command.COMMAND).add("GETKEYS");
		command.forEach(question::add);
		try {
			return BuilderFactory.STRING_LIST.build(this.server.executeCommand(question));
		}
		catch (JedisDataException ex) {
			if (ex.getMessage().contains("no key arguments")) {
				return List.of();
			}
			return documented(IntStream.range(0, command.size())
				.mapToObj((position) -> new String(command.get(position).getRaw(), StandardCharsets.UTF_8))
				.toList());
		}
	}

	private static List<String> documented(List<String> words) {
		Function<List<String>, List<String>> other = words.get(0).startsWith("FT.") ? NONE : FIRST;
		return DOCUMENTED.getOrDefault(words.get(0), other).apply(words);
	}

	private static List<String> every(int step, List<String> words) {
		return IntStream.range(0, words.size() / step).mapToObj((index) -> words.get(index * step)).toList();
	}

}
