package io.github.hotplate.command;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import redis.clients.jedis.CommandArguments;

/**
 * What is known of a command, apart from its arguments. Looked up once per call and
 * passed on. Two specifications are equal if their names are.
 *
 * @param name the name in upper case, with a container's subcommand after a space
 * ({@code GET}, {@code CONFIG GET})
 * @param label the name in lower case, as metrics show it
 * @param readOnly whether Redis flags the command {@code READONLY}
 * @param replicable whether a replica gives the same answer as its primary, but for its
 * delay
 * @param cursor whether the command and its reply carry a cursor, which only the server
 * understands that gave it
 * @param blocking whether Redis may wait before it replies, depending on the arguments
 * @param keys where the command has its keys
 * @param access which keys the command reads and which it writes
 * @param idempotence whether the command may run twice
 * @param requestPolicy which nodes must see the command
 * @param responsePolicy how replies of several nodes become one
 * @param refusal why the command must not be sent on a connection that others share, or
 * {@code null}
 * @since 0.1.0
 * @see CommandSpecs
 */
public record CommandSpec(String name, String label, boolean readOnly, boolean replicable, boolean cursor,
		boolean blocking, KeyPositions keys, AccessRule access, Idempotence idempotence, RequestPolicy requestPolicy,
		ResponsePolicy responsePolicy, @Nullable String refusal) {

	private static final Set<String> FILTERS = Set.of("TS.MGET", "TS.MRANGE", "TS.MREVRANGE", "TS.QUERYINDEX");

	/**
	 * Tell whether the command runs in steps where its keys hash to several slots.
	 * @return whether what one node is sent depends on what another replied
	 */
	public boolean stepwise() {
		return this.requestPolicy == RequestPolicy.STEPWISE;
	}

	/**
	 * Tell whether the command may run twice.
	 * @param arguments the command with its arguments
	 * @param now milliseconds since the epoch
	 * @return whether a second run changes neither data nor reply
	 */
	public boolean mayRunTwice(CommandArguments arguments, long now) {
		return this.idempotence.allows(arguments, this.name, now);
	}

	/**
	 * Tell whether it makes no difference to others whether the command ran.
	 * @return whether the command reads, or asks about Redis itself
	 */
	public boolean leavesNoTrace() {
		return this.readOnly || SecondRuns.isQuestion(this.name);
	}

	/**
	 * Tell whether the command chooses its nodes regardless of keys.
	 * @param slots which keys belong together
	 * @return whether the node of a transaction would be the wrong one, or one of several
	 */
	public boolean choosesNodes(KeySlots slots) {
		return switch (this.requestPolicy) {
			case ALL_SHARDS, ALL_NODES, CURSOR, NAMED_NODE -> slots != KeySlots.SINGLE && !this.name.equals("PING");
			case DEFAULT, MULTI_SHARD, STEPWISE -> slots.messagesReachOneServerOnly() && this.name.equals("PUBLISH");
		};
	}

	/**
	 * Check that it is known which node the command is for.
	 * @param slots which keys belong together
	 * @throws InvalidDataAccessApiUsageException if any of several nodes would be changed
	 */
	public void checkNamesNode(KeySlots slots) {
		if (this.requestPolicy == RequestPolicy.NAMED_NODE && slots != KeySlots.SINGLE) {
			throw new InvalidDataAccessApiUsageException(this.name + " would change any one of several nodes. "
					+ (slots.messagesReachOneServerOnly() ? "Choose one with the ShardedRedisCluster of the client"
							: "Call the method of RedisClusterConnection that takes a node, or use redis-cli"));
		}
	}

	/**
	 * Check that the server of the command's keys has all that the command reads. A
	 * server of a cluster refuses to look up what it may not have, or asks the others;
	 * servers that know nothing of each other take it for missing.
	 * @param arguments the command with its arguments
	 * @param slots which keys belong together
	 * @throws InvalidDataAccessApiUsageException if the command is about keys of any
	 * server
	 */
	public void checkFindsKeys(CommandArguments arguments, KeySlots slots) {
		if (!slots.messagesReachOneServerOnly()) {
			return;
		}
		if (searches()) {
			throw new InvalidDataAccessApiUsageException(
					this.name + " would be about the keys on one of several servers only. " + slots.remedy());
		}
		if (this.keys == KeyPositions.SORTED && this.keys.hasPattern(arguments)) {
			throw new InvalidDataAccessApiUsageException(this.name
					+ " cannot look up the keys of BY and GET, which a sharded client spreads over its servers. "
					+ slots.remedy());
		}
	}

	// An index, a dictionary or a filter of a module is about all keys of its server.
	private boolean searches() {
		return (this.name.startsWith("FT.") && !this.name.startsWith("FT.SUG")) || FILTERS.contains(this.name);
	}

	/**
	 * Check that the command leaves the connection as it is, on which it is sent.
	 * @throws InvalidDataAccessApiUsageException if it would change the state of a
	 * connection that others share
	 */
	public void checkShareable() {
		if (this.refusal != null) {
			throw new InvalidDataAccessApiUsageException(this.refusal);
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof CommandSpec spec && this.name.equals(spec.name));
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

}
