package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandFlagsRegistry;
import redis.clients.jedis.CommandFlagsRegistry.CommandFlag;
import redis.clients.jedis.StaticCommandFlagsRegistry;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * Looks up the {@link CommandSpec} of a command that is about to be sent. Access comes
 * from Jedis' table of Redis' command flags; which nodes must see a command comes from
 * Redis' command tips. Thread-safe; remembers at most {@value #LIMIT} commands, so that
 * names made up at run time cannot fill the memory.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/develop/reference/command-tips/">Redis
 * command tips</a>
 */
public final class CommandSpecs {

	private static final int LIMIT = 1_000;

	private static final CommandFlagsRegistry FLAGS = StaticCommandFlagsRegistry.registry();

	private static final Set<String> CONTAINERS = Set.of("ACL", "CLIENT", "CLUSTER", "COMMAND", "COMMANDLOG", "CONFIG",
			"FUNCTION", "HOTKEYS", "LATENCY", "MEMORY", "MODULE", "OBJECT", "PUBSUB", "SCRIPT", "SLOWLOG", "XGROUP",
			"XINFO");

	private static final Set<String> SCRIPTS = Set.of("EVAL", "EVALSHA", "EVAL_RO", "EVALSHA_RO", "FCALL", "FCALL_RO");

	private static final Set<String> CURSORS = Set.of("SCAN", "HSCAN", "SSCAN", "ZSCAN");

	/**
	 * Reads with an effect or a meaning on the node that runs them: a cursor holds there
	 * only, and a replica neither passes on when a key was used nor evicts by it.
	 */
	private static final Set<String> OF_ONE_NODE = Set.of("SCAN", "HSCAN", "SSCAN", "ZSCAN", "TOUCH", "OBJECT FREQ",
			"OBJECT IDLETIME", "OBJECT ENCODING", "OBJECT REFCOUNT", "MEMORY USAGE");

	private static final Map<String, Policies> POLICIES = Map.ofEntries(allShards(ResponsePolicy.AGG_SUM, "DBSIZE"),
			allShards(ResponsePolicy.AGG_MIN, "WAIT"), allShards(ResponsePolicy.AGG_LOGICAL_AND, "WAITAOF"),
			allShards(ResponsePolicy.CONCATENATE, "KEYS"), allShards(ResponsePolicy.FIRST_PRESENT, "RANDOMKEY"),
			allShards(ResponsePolicy.AGG_LOGICAL_AND, "SCRIPT EXISTS"),
			allShards(ResponsePolicy.ALL_SUCCEEDED, "FLUSHALL"), allShards(ResponsePolicy.ALL_SUCCEEDED, "FLUSHDB"),
			allShards(ResponsePolicy.ALL_SUCCEEDED, "PING"), allShards(ResponsePolicy.ALL_SUCCEEDED, "FUNCTION DELETE"),
			allShards(ResponsePolicy.ALL_SUCCEEDED, "FUNCTION FLUSH"),
			allShards(ResponsePolicy.ALL_SUCCEEDED, "FUNCTION LOAD"),
			allShards(ResponsePolicy.ALL_SUCCEEDED, "FUNCTION RESTORE"), allNodes("CONFIG RESETSTAT"),
			allNodes("CONFIG SET"), allNodes("SLOWLOG RESET"), allNodes("ACL DELUSER"), allNodes("ACL LOAD"),
			allNodes("ACL SAVE"), allNodes("ACL SETUSER"), allShards(ResponsePolicy.ALL_SUCCEEDED, "BGREWRITEAOF"),
			allShards(ResponsePolicy.ALL_SUCCEEDED, "BGSAVE"), allShards(ResponsePolicy.ALL_SUCCEEDED, "SAVE"),
			allShards(ResponsePolicy.ALL_SUCCEEDED, "CONFIG REWRITE"), namedNode("CLUSTER ADDSLOTS"),
			namedNode("CLUSTER ADDSLOTSRANGE"), namedNode("CLUSTER BUMPEPOCH"), namedNode("CLUSTER DELSLOTS"),
			namedNode("CLUSTER DELSLOTSRANGE"), namedNode("CLUSTER FAILOVER"), namedNode("CLUSTER FLUSHSLOTS"),
			namedNode("CLUSTER FORGET"), namedNode("CLUSTER REPLICATE"), namedNode("CLUSTER RESET"),
			namedNode("CLUSTER SET-CONFIG-EPOCH"), namedNode("CLUSTER SETSLOT"), namedNode("FAILOVER"),
			namedNode("REPLICAOF"), namedNode("SHUTDOWN"), namedNode("SLAVEOF"), namedNode("SWAPDB"),
			namedNode("CLUSTER SAVECONFIG"), namedNode("CLUSTER MIGRATESLOTS"),
			namedNode("CLUSTER CANCELSLOTMIGRATIONS"), namedNode("CLUSTER COUNTKEYSINSLOT"),
			namedNode("CLUSTER GETKEYSINSLOT"), namedNode("CLUSTER FLUSHSLOT"), namedNode("CLIENT PAUSE"),
			namedNode("CLIENT UNPAUSE"), namedNode("CLIENT KILL"), namedNode("CLIENT UNBLOCK"), namedNode("DEBUG"),
			namedNode("MODULE LOAD"), namedNode("MODULE LOADEX"), namedNode("MODULE UNLOAD"),
			namedNode("HOTKEYS START"), namedNode("HOTKEYS STOP"), namedNode("HOTKEYS RESET"),
			allNodes("COMMANDLOG RESET"),
			Map.entry("LATENCY RESET", new Policies(RequestPolicy.ALL_NODES, ResponsePolicy.AGG_SUM)),
			allShards(ResponsePolicy.ALL_SUCCEEDED, "MEMORY PURGE"),
			allShards(ResponsePolicy.ONE_SUCCEEDED, "FUNCTION KILL"),
			allShards(ResponsePolicy.ONE_SUCCEEDED, "SCRIPT KILL"),
			// All nodes in the tips, but primaries replicate scripts, and a dead replica
			// must not fail them.
			allShards(ResponsePolicy.ALL_SUCCEEDED, "SCRIPT FLUSH"),
			allShards(ResponsePolicy.ALL_SUCCEEDED, "SCRIPT LOAD"), multiShard(ResponsePolicy.AGG_SUM, "DEL"),
			multiShard(ResponsePolicy.AGG_SUM, "EXISTS"), multiShard(ResponsePolicy.AGG_SUM, "TOUCH"),
			multiShard(ResponsePolicy.AGG_SUM, "UNLINK"), multiShard(ResponsePolicy.ALL_SUCCEEDED, "MSET"),
			multiShard(ResponsePolicy.AGG_MIN, "MSETNX"), multiShard(ResponsePolicy.CONCATENATE, "MGET"),
			multiShard(ResponsePolicy.UNION, "SUNION"), multiShard(ResponsePolicy.INTERSECTION, "SINTER"),
			multiShard(ResponsePolicy.DIFFERENCE, "SDIFF"), multiShard(ResponsePolicy.INTERSECTION_SIZE, "SINTERCARD"),
			Map.entry("SCAN", new Policies(RequestPolicy.CURSOR, ResponsePolicy.CONCATENATE)), stepwise("RENAME"),
			stepwise("RENAMENX"), stepwise("SMOVE"), stepwise("SORT"), stepwise("SINTERSTORE"), stepwise("SUNIONSTORE"),
			stepwise("SDIFFSTORE"), stepwise("BLPOP"), stepwise("BRPOP"), stepwise("RPOPLPUSH"),
			stepwise("BRPOPLPUSH"));

	private static final Policies DEFAULT = new Policies(RequestPolicy.DEFAULT, ResponsePolicy.ALL_SUCCEEDED);

	private static final Map<ProtocolCommand, CommandSpec> BY_COMMAND = new ConcurrentHashMap<>();

	private static final Map<String, CommandSpec> BY_NAME = new ConcurrentHashMap<>();

	private CommandSpecs() {
	}

	/**
	 * Return what is known of a command.
	 * @param arguments the command with its arguments
	 * @return the same instance for the same command, never {@code null}
	 */
	public static CommandSpec of(CommandArguments arguments) {
		ProtocolCommand command = arguments.getCommand();
		CommandSpec known = BY_COMMAND.get(command);
		if (known != null) {
			return known;
		}
		String name = text(command.getRaw());
		boolean container = CONTAINERS.contains(name);
		boolean subcommand = container && arguments.size() > 1;
		CommandSpec spec = byName(subcommand ? name + " " + text(arguments.get(1).getRaw()) : name, arguments);
		// A command made up for one call has no identity worth remembering.
		if (!container && command instanceof Enum<?>) {
			BY_COMMAND.put(command, spec);
		}
		return spec;
	}

	/**
	 * Tell whether a command runs a script or a function, which can reply with any error.
	 * @param spec the command
	 * @return whether it is {@code EVAL}, {@code FCALL} or one of their kin
	 */
	static boolean isScript(CommandSpec spec) {
		return SCRIPTS.contains(spec.name());
	}

	private static CommandSpec byName(String name, CommandArguments arguments) {
		CommandSpec known = BY_NAME.get(name);
		if (known != null) {
			return known;
		}
		CommandSpec spec = create(name, arguments);
		if (BY_NAME.size() >= LIMIT) {
			return spec;
		}
		CommandSpec raced = BY_NAME.putIfAbsent(name, spec);
		return (raced != null) ? raced : spec;
	}

	private static CommandSpec create(String name, CommandArguments arguments) {
		Policies policies = POLICIES.getOrDefault(name, DEFAULT);
		Set<CommandFlag> flags = FLAGS.getFlags(arguments);
		boolean readOnly = flags.contains(CommandFlag.READONLY);
		boolean script = SCRIPTS.contains(name);
		return new CommandSpec(name, name.toLowerCase(Locale.ROOT), readOnly, readOnly && !OF_ONE_NODE.contains(name),
				CURSORS.contains(name), BlockingCommands.mayInclude(name), KeyPositions.decide(name),
				AccessRule.decide(name, script, flags), SecondRuns.of(name, readOnly), policies.request(),
				policies.response(), SharedConnectionRule.refusal(name));
	}

	private static String text(byte[] raw) {
		return new String(raw, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
	}

	private static Map.Entry<String, Policies> allShards(ResponsePolicy response, String name) {
		return Map.entry(name, new Policies(RequestPolicy.ALL_SHARDS, response));
	}

	private static Map.Entry<String, Policies> allNodes(String name) {
		return Map.entry(name, new Policies(RequestPolicy.ALL_NODES, ResponsePolicy.ALL_SUCCEEDED));
	}

	private static Map.Entry<String, Policies> namedNode(String name) {
		return Map.entry(name, new Policies(RequestPolicy.NAMED_NODE, ResponsePolicy.ALL_SUCCEEDED));
	}

	private static Map.Entry<String, Policies> multiShard(ResponsePolicy response, String name) {
		return Map.entry(name, new Policies(RequestPolicy.MULTI_SHARD, response));
	}

	private static Map.Entry<String, Policies> stepwise(String name) {
		return Map.entry(name, new Policies(RequestPolicy.STEPWISE, ResponsePolicy.ALL_SUCCEEDED));
	}

	private record Policies(RequestPolicy request, ResponsePolicy response) {

	}

}
