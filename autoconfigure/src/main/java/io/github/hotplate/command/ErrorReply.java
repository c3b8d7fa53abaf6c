package io.github.hotplate.command;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What an error reply of Redis or Valkey means: whether the command ran, whether the
 * connection and the node can be used, what the topology should do, and what the caller
 * gets. Decided here, and asked on every path: single commands, pipelines, transactions,
 * {@code WATCH}, subscriptions, probes, Sentinels and the flush of hot keys.
 * <p>
 * Redis tells its errors apart by their first word; those that share a word, such as
 * {@code ERR}, are told apart by their text. A script can reply with any text, so its
 * errors pass {@code ErrorReplies} first.
 *
 * @since 0.1.0
 * @see <a href="https://github.com/redis/redis/tree/8.0/src">Redis 6.2 to 8.0: server.c,
 * cluster.c, networking.c, blocked.c, acl.c, script.c, script_lua.c, eval.c, multi.c,
 * replication.c, t_stream.c and sentinel.c</a>
 * @see <a href="https://github.com/valkey-io/valkey/tree/9.0/src">Valkey 8 and 9: the
 * same files, and cluster_migrateslots.c</a>
 */
public enum ErrorReply {

	/**
	 * Another node serves the slot.
	 */
	MOVED("MOVED", Run.REFUSED, Socket.KEPT, Node.WRONG, Outcome.REDIRECTED),

	/**
	 * Another node serves the key while the slot migrates.
	 */
	ASK("ASK", Run.REFUSED, Socket.KEPT, Node.RIGHT, Outcome.REDIRECTED),

	/**
	 * Another server is the primary now: Valkey's word for clients without a cluster.
	 */
	REDIRECT("REDIRECT", Run.REFUSED, Socket.KEPT, Node.WRONG, Outcome.TRANSIENT),

	/**
	 * The cluster is down, or no node serves the slot.
	 */
	CLUSTERDOWN("CLUSTERDOWN", Run.REFUSED, Socket.KEPT, Node.RECOVERING, Outcome.CLUSTER_DOWN),

	/**
	 * Some keys of the command have already migrated.
	 */
	TRYAGAIN("TRYAGAIN", Run.REFUSED, Socket.KEPT, Node.RIGHT, Outcome.TRANSIENT),

	/**
	 * The node is loading its data.
	 */
	LOADING("LOADING", Run.REFUSED, Socket.KEPT, Node.STALE, Outcome.TRANSIENT),

	/**
	 * The replica has lost its primary and does not serve stale data.
	 */
	MASTERDOWN("MASTERDOWN", Run.REFUSED, Socket.KEPT, Node.STALE, Outcome.TRANSIENT),

	/**
	 * The node is a replica and takes no writes.
	 */
	READONLY("READONLY", Run.REFUSED, Socket.KEPT, Node.WRONG, Outcome.TRANSIENT),

	/**
	 * A command that blocked was released because the node was demoted; Redis then closes
	 * the connection.
	 */
	DEMOTED("UNBLOCKED", "force unblock from blocking operation, instance state changed", Run.REFUSED, Socket.CLOSED,
			Node.WRONG, Outcome.TRANSIENT),

	/**
	 * A command that blocked was released: by {@code CLIENT UNBLOCK}, or because its key
	 * is gone.
	 */
	UNBLOCKED("UNBLOCKED", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.TRANSIENT),

	/**
	 * The server takes no more connections, and closes this one.
	 */
	TOO_MANY_CLIENTS("ERR", "max number of clients", Run.REFUSED, Socket.CLOSED, Node.RIGHT, Outcome.UNREACHABLE),

	/**
	 * The server is in protected mode.
	 */
	DENIED("DENIED", Run.REFUSED, Socket.CLOSED, Node.RIGHT, Outcome.UNREACHABLE),

	/**
	 * The connection listens to channels and takes no other commands.
	 */
	SUBSCRIBED("ERR", "are allowed in this context", Run.REFUSED, Socket.CLOSED, Node.RIGHT, Outcome.TRANSIENT),

	/**
	 * The connection is in a transaction that someone left open.
	 */
	NESTED_MULTI("ERR", "MULTI calls can not be nested", Run.REFUSED, Socket.CLOSED, Node.RIGHT, Outcome.TRANSIENT),

	/**
	 * What was sent is no command, and the server closes the connection.
	 */
	PROTOCOL_ERROR("ERR", "Protocol error", Run.FINAL, Socket.CLOSED, Node.RIGHT, Outcome.MISUSE),

	/**
	 * A script or a module keeps the server busy. Its primary or its replicas may not be.
	 */
	BUSY("BUSY", Run.FINAL, Socket.KEPT, Node.UNINFORMED, Outcome.TRANSIENT),

	/**
	 * The server is out of memory.
	 */
	OOM("OOM", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.TRANSIENT),

	/**
	 * Too few replicas are connected to take writes.
	 */
	NOREPLICAS("NOREPLICAS", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.TRANSIENT),

	/**
	 * The server cannot persist and takes no writes.
	 */
	MISCONF("MISCONF", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.TRANSIENT),

	/**
	 * The connection is not authenticated.
	 */
	NOAUTH("NOAUTH", Run.FINAL, Socket.CLOSED, Node.RIGHT, Outcome.FORBIDDEN),

	/**
	 * The user or the password is wrong.
	 */
	WRONGPASS("WRONGPASS", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.FORBIDDEN),

	/**
	 * A login failed for a reason that Redis gives in words only.
	 */
	REJECTED_AUTH("ERR", "AUTH", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.FORBIDDEN),

	/**
	 * The user may not run the command or access the key.
	 */
	NOPERM("NOPERM", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.FORBIDDEN),

	/**
	 * The server does not know the script. Replicas do not learn scripts from their
	 * primary.
	 */
	NOSCRIPT("NOSCRIPT", Run.FINAL, Socket.KEPT, Node.UNINFORMED, Outcome.MISUSE),

	/**
	 * The keys of the command hash to several slots.
	 */
	CROSSSLOT("CROSSSLOT", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The transaction was discarded. A reason in the text decides instead.
	 */
	EXECABORT("EXECABORT", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The key holds another type.
	 */
	WRONGTYPE("WRONGTYPE", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The target of a {@code RESTORE} exists.
	 */
	BUSYKEY("BUSYKEY", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The consumer group exists.
	 */
	BUSYGROUP("BUSYGROUP", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * There is no such consumer group.
	 */
	NOGROUP("NOGROUP", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The value is a corrupted HyperLogLog.
	 */
	INVALIDOBJ("INVALIDOBJ", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * There is no script to kill.
	 */
	NOTBUSY("NOTBUSY", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The script has written and cannot be killed.
	 */
	UNKILLABLE("UNKILLABLE", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * A failover is in progress.
	 */
	INPROG("INPROG", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * Sentinel found no replica to promote.
	 */
	NOGOODSLAVE("NOGOODSLAVE", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * Sentinel cannot ask the primary to fail over.
	 */
	NOGOODPRIMARY("NOGOODPRIMARY", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * Too few Sentinels can be reached.
	 */
	NOQUORUM("NOQUORUM", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * A replica cannot be synchronized from here.
	 */
	NOMASTERLINK("NOMASTERLINK", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The connection listens to no channel.
	 */
	NOSUB("NOSUB", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * A migration met an I/O error; the target may have the key.
	 */
	IOERR("IOERR", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The protocol version is not supported.
	 */
	NOPROTO("NOPROTO", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The server does not know the command or subcommand.
	 */
	UNKNOWN_COMMAND("ERR", "unknown", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * The server is not in cluster mode.
	 */
	CLUSTER_DISABLED("ERR", "cluster support disabled", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * There is no such database.
	 */
	NO_SUCH_DATABASE("ERR", "DB index", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * Any other error of Redis itself. Where a script met it, the script may have run in
	 * part.
	 */
	ERR("ERR", Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * An error that a script, a function or a module made up.
	 */
	CUSTOM(null, Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE),

	/**
	 * Not an error reply.
	 */
	NONE(null, Run.FINAL, Socket.KEPT, Node.RIGHT, Outcome.MISUSE);

	private static final Map<String, ErrorReply> BY_WORD = Stream.of(values())
		.filter((reply) -> reply.word != null && reply.text == null)
		.collect(Collectors.toMap((reply) -> String.valueOf(reply.word), (reply) -> reply));

	/**
	 * Told apart by their text, in the order in which it is looked for.
	 */
	private static final ErrorReply[] BY_TEXT = { DEMOTED, TOO_MANY_CLIENTS, SUBSCRIBED, NESTED_MULTI, PROTOCOL_ERROR,
			CLUSTER_DISABLED, NO_SUCH_DATABASE };

	/**
	 * {@code EXEC} wraps the error that it met itself, and Redis before 7.0 what a
	 * command in a script met.
	 */
	private static final Pattern WRAPPED = Pattern
		.compile("(?s)(?:EXECABORT Transaction discarded because of: |ERR Error running script .*?: -)([A-Z]+ .*)");

	/**
	 * Redis 6.0 and later, and earlier ones.
	 */
	private static final Pattern REJECTED_LOGIN = Pattern.compile("ERR (?:AUTH <password> called|Client sent AUTH)");

	private final @Nullable String word;

	private final @Nullable String text;

	private final Run run;

	private final Socket socket;

	private final Node node;

	private final Outcome outcome;

	ErrorReply(@Nullable String word, Run run, Socket socket, Node node, Outcome outcome) {
		this(word, null, run, socket, node, outcome);
	}

	ErrorReply(@Nullable String word, @Nullable String text, Run run, Socket socket, Node node, Outcome outcome) {
		this.word = word;
		this.text = text;
		this.run = run;
		this.socket = socket;
		this.node = node;
		this.outcome = outcome;
	}

	/**
	 * Return what a failure is as an error reply.
	 * @param failure the failure of a command, or {@code null}
	 * @return its meaning, {@link #NONE} unless Redis replied with it
	 */
	public static ErrorReply of(@Nullable Throwable failure) {
		if (failure instanceof JedisConnectionException) {
			return ofLostConnection(String.valueOf(failure.getMessage()));
		}
		if (!(failure instanceof JedisDataException)) {
			return NONE;
		}
		String message = failure.getMessage();
		if (message == null || failure instanceof ScriptErrorException) {
			return CUSTOM;
		}
		ErrorReply reply = of(message);
		// Old servers say "ERR invalid password", and Jedis tells which those are.
		return ((reply == ERR || reply == CUSTOM) && failure instanceof JedisAccessControlException) ? REJECTED_AUTH
				: reply;
	}

	// Jedis puts what a server says as it turns a connection away into the message of the
	// lost connection, where it was too late to read it as a reply.
	private static ErrorReply ofLostConnection(String message) {
		ErrorReply quoted = of(message);
		return quoted.isTurnedAway() ? quoted : NONE;
	}

	private static ErrorReply of(String message) {
		Matcher wrapped = WRAPPED.matcher(message);
		if (wrapped.matches()) {
			ErrorReply reason = of(wrapped.group(1));
			return (reason != CUSTOM) ? reason : BY_WORD.getOrDefault(word(message), CUSTOM);
		}
		ErrorReply known = BY_WORD.get(word(message));
		if (known == ERR || known == UNBLOCKED) {
			return byText(message, known);
		}
		return (known != null) ? known : CUSTOM;
	}

	private static ErrorReply byText(String message, ErrorReply otherwise) {
		for (ErrorReply reply : BY_TEXT) {
			if (otherwise.word != null && otherwise.word.equals(reply.word) && reply.text != null
					&& message.contains(reply.text)) {
				return reply;
			}
		}
		if (otherwise == ERR && isUnknownCommand(message)) {
			return UNKNOWN_COMMAND;
		}
		return (otherwise == ERR && REJECTED_LOGIN.matcher(message).lookingAt()) ? REJECTED_AUTH : otherwise;
	}

	private static boolean isUnknownCommand(String message) {
		return message.regionMatches(true, "ERR ".length(), "unknown", 0, "unknown".length())
				|| message.contains("unknown command");
	}

	private static String word(String message) {
		int end = message.indexOf(' ');
		return (end > 0) ? message.substring(0, end) : message;
	}

	/**
	 * Tell whether Redis refused the command before it ran, and would run it later or on
	 * another node.
	 * @return whether a retry can succeed and cannot run the command twice
	 */
	public boolean isRefused() {
		return this.run == Run.REFUSED;
	}

	/**
	 * Tell whether the error is about the state of the server rather than the command.
	 * @return whether the error may pass
	 */
	public boolean isServerState() {
		return this.outcome == Outcome.TRANSIENT;
	}

	/**
	 * Tell whether the connection must not be used again.
	 * @return whether the server closes it, it has lost its login, or it is in a state
	 * that takes no commands
	 */
	public boolean breaksConnection() {
		return this.socket == Socket.CLOSED;
	}

	/**
	 * Tell whether the server turned the connection away, so that it read none of the
	 * commands on it.
	 * @return whether no command on the connection ran
	 */
	public boolean isTurnedAway() {
		return this.outcome == Outcome.UNREACHABLE;
	}

	/**
	 * Tell whether the node has no current data, so that another should answer reads.
	 * @return whether the node is loading or cut off from its primary
	 */
	public boolean isStaleNode() {
		return this.node == Node.STALE;
	}

	/**
	 * Tell whether the primary may answer a read that this replica did not.
	 * @return whether the replica lacks what the primary has
	 */
	public boolean isUninformedReplica() {
		return this.node == Node.STALE || this.node == Node.UNINFORMED;
	}

	/**
	 * Tell whether the node is not what the topology says.
	 * @return whether the topology must be refreshed
	 */
	public boolean isWrongNode() {
		return this.node == Node.WRONG;
	}

	/**
	 * Tell whether to wait until the cluster recovers.
	 * @return whether the node will take commands when the cluster is up again
	 */
	public boolean isClusterDown() {
		return this.node == Node.RECOVERING;
	}

	/**
	 * Tell whether Redis rejected the user or the password.
	 * @return whether every login fails until the configuration changes
	 */
	public boolean isRejectedLogin() {
		return this.outcome == Outcome.FORBIDDEN && this != NOPERM;
	}

	/**
	 * Tell whether an ACL forbids the command.
	 * @return whether the user is logged in and lacks a permission
	 */
	public boolean isForbidden() {
		return this == NOPERM;
	}

	/**
	 * Tell whether the server will never run the command for this user.
	 * @return whether asking again makes no sense
	 */
	public boolean isNeverAnswered() {
		return this == NOPERM || this == UNKNOWN_COMMAND;
	}

	/**
	 * Return what the caller gets if the error is final.
	 * @return the kind of exception, the same on every path
	 */
	public Outcome outcome() {
		return this.outcome;
	}

	/**
	 * Return the first word of the error, for telemetry. Errors that scripts make up have
	 * none, since their words are without number.
	 * @return a word out of a bounded set, such as {@code WRONGTYPE}, or {@code null}
	 */
	public @Nullable String code() {
		return this.word;
	}

	private enum Run {

		/**
		 * It did not run, and would run later or elsewhere.
		 */
		REFUSED,

		/**
		 * It did not run, or only in part, and would end the same way if it were sent
		 * again at once.
		 */
		FINAL

	}

	private enum Socket {

		KEPT, CLOSED

	}

	private enum Node {

		/**
		 * The topology is right.
		 */
		RIGHT,

		/**
		 * The topology is out of date: refresh it.
		 */
		WRONG,

		/**
		 * The node lags behind: no reads for now, and refresh the topology.
		 */
		STALE,

		/**
		 * A replica lacks what its primary may have: the script, or time.
		 */
		UNINFORMED,

		/**
		 * Wait until the cluster recovers.
		 */
		RECOVERING

	}

	/**
	 * What the caller gets.
	 */
	public enum Outcome {

		/**
		 * The command is wrong, or does not fit the data.
		 */
		MISUSE,

		/**
		 * The state of the server, which may pass.
		 */
		TRANSIENT,

		/**
		 * The user may not do this.
		 */
		FORBIDDEN,

		/**
		 * Redirected too often.
		 */
		REDIRECTED,

		/**
		 * The cluster is down.
		 */
		CLUSTER_DOWN,

		/**
		 * There is no connection to the server.
		 */
		UNREACHABLE

	}

}
