package io.github.hotplate.command;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What an error reply of Redis means for the command, the node and the connection. Redis
 * tells its errors apart by their first word; what has only {@code ERR} there is told
 * apart by its text. Decided here, and asked by everybody else.
 *
 * @since 0.1.0
 * @see <a href="https://github.com/redis/redis/tree/8.0/src">server.c, cluster.c,
 * networking.c and acl.c of Redis</a>
 */
public enum ErrorReply {

	/**
	 * Another node serves the slot.
	 */
	MOVED(Meaning.REFUSED),

	/**
	 * Another node serves the key while the slot migrates.
	 */
	ASK(Meaning.REFUSED),

	/**
	 * The cluster is down, or no node serves the slot.
	 */
	CLUSTERDOWN(Meaning.REFUSED),

	/**
	 * Some keys of the command have already migrated.
	 */
	TRYAGAIN(Meaning.REFUSED, Meaning.SERVER_STATE),

	/**
	 * The node is loading its data.
	 */
	LOADING(Meaning.REFUSED, Meaning.SERVER_STATE, Meaning.STALE_NODE),

	/**
	 * The replica has lost its primary and does not serve stale data.
	 */
	MASTERDOWN(Meaning.REFUSED, Meaning.SERVER_STATE, Meaning.STALE_NODE),

	/**
	 * The node is a replica and takes no writes.
	 */
	READONLY(Meaning.REFUSED, Meaning.SERVER_STATE),

	/**
	 * A script or a module keeps the server busy.
	 */
	BUSY(Meaning.SERVER_STATE),

	/**
	 * The server is out of memory.
	 */
	OOM(Meaning.SERVER_STATE),

	/**
	 * Too few replicas are connected to take writes.
	 */
	NOREPLICAS(Meaning.SERVER_STATE),

	/**
	 * The server cannot persist and takes no writes.
	 */
	MISCONF(Meaning.SERVER_STATE),

	/**
	 * The connection is not authenticated.
	 */
	NOAUTH(Meaning.REJECTED_LOGIN, Meaning.BROKEN_CONNECTION),

	/**
	 * The user or the password is wrong.
	 */
	WRONGPASS(Meaning.REJECTED_LOGIN),

	/**
	 * The user may not run the command or access the key.
	 */
	NOPERM,

	/**
	 * The target of a {@code RESTORE} exists.
	 */
	BUSYKEY,

	/**
	 * The keys of the command hash to several slots.
	 */
	CROSSSLOT,

	/**
	 * The key holds another type.
	 */
	WRONGTYPE,

	/**
	 * The server does not know the script.
	 */
	NOSCRIPT,

	/**
	 * The transaction was discarded.
	 */
	EXECABORT,

	/**
	 * There is no script to kill.
	 */
	NOTBUSY,

	/**
	 * The script has written and cannot be killed.
	 */
	UNKILLABLE,

	/**
	 * The consumer group exists.
	 */
	BUSYGROUP,

	/**
	 * There is no such consumer group.
	 */
	NOGROUP,

	/**
	 * A blocked client was released, for example by a change of roles.
	 */
	UNBLOCKED,

	/**
	 * A failover is in progress.
	 */
	INPROG,

	/**
	 * Sentinel found no replica to promote.
	 */
	NOGOODSLAVE,

	/**
	 * A migration met an I/O error.
	 */
	IOERR,

	/**
	 * The protocol version is not supported.
	 */
	NOPROTO,

	/**
	 * The server is in protected mode.
	 */
	DENIED(Meaning.BROKEN_CONNECTION),

	/**
	 * The server does not know the command or subcommand.
	 */
	UNKNOWN_COMMAND,

	/**
	 * The server is not in cluster mode.
	 */
	CLUSTER_DISABLED,

	/**
	 * There is no such database.
	 */
	NO_SUCH_DATABASE,

	/**
	 * The server takes no more connections, and closes this one.
	 */
	TOO_MANY_CLIENTS(Meaning.BROKEN_CONNECTION),

	/**
	 * A login failed for a reason that Redis gives in words only.
	 */
	REJECTED_AUTH(Meaning.REJECTED_LOGIN),

	/**
	 * Any other error of Redis itself.
	 */
	ERR,

	/**
	 * An error that a script, a function or a module made up.
	 */
	CUSTOM,

	/**
	 * Not an error reply.
	 */
	NONE;

	private static final Set<ErrorReply> WITHOUT_PREFIX = EnumSet.of(UNKNOWN_COMMAND, CLUSTER_DISABLED,
			NO_SUCH_DATABASE, TOO_MANY_CLIENTS, REJECTED_AUTH, CUSTOM, NONE);

	private static final Map<String, ErrorReply> BY_PREFIX = Stream.of(values())
		.filter((reply) -> !WITHOUT_PREFIX.contains(reply))
		.collect(Collectors.toMap(Enum::name, Function.identity()));

	private final Set<Meaning> meanings;

	ErrorReply(Meaning... meanings) {
		this.meanings = Set.of(meanings);
	}

	/**
	 * Return what a failure is as an error reply.
	 * @param failure the failure of a command, or {@code null}
	 * @return its meaning, {@link #NONE} unless Redis replied with it
	 */
	public static ErrorReply of(@Nullable Throwable failure) {
		if (!(failure instanceof JedisDataException)) {
			return NONE;
		}
		String message = failure.getMessage();
		if (message == null) {
			return CUSTOM;
		}
		ErrorReply known = BY_PREFIX.get(prefix(message));
		if (known != null && known != ERR) {
			return known;
		}
		return byText(message, failure, (known != null) ? known : CUSTOM);
	}

	private static String prefix(String message) {
		int end = message.indexOf(' ');
		return (end > 0) ? message.substring(0, end) : message;
	}

	private static ErrorReply byText(String message, Throwable failure, ErrorReply otherwise) {
		String text = message.toLowerCase(Locale.ROOT);
		if (text.startsWith("err unknown") || (otherwise == ERR && text.contains("unknown command"))) {
			return UNKNOWN_COMMAND;
		}
		if (otherwise == ERR && text.contains("cluster support disabled")) {
			return CLUSTER_DISABLED;
		}
		if (otherwise == ERR && text.contains("db index")) {
			return NO_SUCH_DATABASE;
		}
		if (otherwise == ERR && text.contains("max number of clients")) {
			return TOO_MANY_CLIENTS;
		}
		// Old servers say "ERR invalid password", and Jedis tells which those are.
		if (failure instanceof JedisAccessControlException || (otherwise == ERR && message.contains("AUTH"))) {
			return REJECTED_AUTH;
		}
		return otherwise;
	}

	/**
	 * Tell whether Redis refused the command before it ran, and would run it later or on
	 * another node.
	 * @return whether a retry can succeed and cannot run the command twice
	 */
	public boolean isRefused() {
		return this.meanings.contains(Meaning.REFUSED);
	}

	/**
	 * Tell whether the error is about the state of the server rather than the command.
	 * @return whether the error may pass
	 */
	public boolean isServerState() {
		return this.meanings.contains(Meaning.SERVER_STATE);
	}

	/**
	 * Tell whether the node has no current data, so that another should answer reads.
	 * @return whether the node is loading or cut off from its primary
	 */
	public boolean isStaleNode() {
		return this.meanings.contains(Meaning.STALE_NODE);
	}

	/**
	 * Tell whether the node is not what the topology says.
	 * @return whether the topology must be refreshed
	 */
	public boolean isWrongNode() {
		return this == MOVED || this == READONLY;
	}

	/**
	 * Tell whether Redis rejected the user or the password.
	 * @return whether every login fails until the configuration changes
	 */
	public boolean isRejectedLogin() {
		return this.meanings.contains(Meaning.REJECTED_LOGIN);
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
	 * Tell whether the connection must not be used again.
	 * @return whether the server closes it, or it has lost its login
	 */
	public boolean breaksConnection() {
		return this.meanings.contains(Meaning.BROKEN_CONNECTION);
	}

	/**
	 * Return the first word of the error, for telemetry. Errors that scripts make up have
	 * none, since their words are without number.
	 * @return a word out of a bounded set, such as {@code WRONGTYPE}, or {@code null}
	 */
	public @Nullable String code() {
		if (this == CUSTOM || this == NONE) {
			return null;
		}
		return WITHOUT_PREFIX.contains(this) ? ERR.name() : name();
	}

	private enum Meaning {

		REFUSED, SERVER_STATE, STALE_NODE, REJECTED_LOGIN, BROKEN_CONNECTION

	}

}
